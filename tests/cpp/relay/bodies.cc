/* SPDX-License-Identifier: MIT */
#include "bodies.hpp"

#include <exception>

#include "bridge.hpp"

namespace bodies {

namespace {

/* `yield from` iterates over what is no iterator yet. */
value iterator_of(value iterated) {
  if (baton_is_object(iterated.get()) && iterated.get()->head.type->as_link)
    return iterated;
  bridge::object held = bridge::to_object(std::move(iterated));
  if (PyCoro_CheckExact(held.get()))
    throw baton::error(baton::kind::type,
                       "cannot 'yield from' a coroutine object in a "
                       "non-coroutine generator");
  return bridge::from_object(bridge::owned(PyObject_GetIter(held.get())).get());
}

/* The next step of a Python async generator. */
value ask(const value &target, const char *method, value given) {
  bridge::object asked = bridge::to_object(target.copy());
  bridge::object argument = bridge::to_object(std::move(given));
  return bridge::from_object(
      bridge::owned(
          PyObject_CallMethod(asked.get(), method, "O", argument.get()))
          .get());
}

}  // namespace

baton::task<value> coroutine::relay(target<value> awaited) {
  co_return co_await awaited.take();
}

baton::task<value> coroutine::relay(target<made> inner) {
  co_return co_await inner.take();
}

baton::generator<value, value> generator::relay(target<value> iterated) {
  co_return co_await iterator_of(iterated.take());
}

baton::generator<value, value> generator::relay(target<made> inner) {
  co_return co_await inner.take();
}

baton::async_generator<value> async_generator::relay(value target) {
  value step = ask(target, "asend", value());
  for (;;) {
    value item, answer;
    const char *method = "asend";
    try {
      item = co_await std::move(step);
    } catch (const baton::error &end) {
      if (end.kind() != baton::kind::stop_async_iteration) throw;
      co_return;
    }
    try {
      answer = co_yield std::move(item);
    } catch (...) {
      method = "athrow";
      answer = baton::error_value(std::current_exception());
    }
    step = ask(target, method, std::move(answer));
  }
}

}  // namespace bodies
