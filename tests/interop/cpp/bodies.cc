/* SPDX-License-Identifier: MIT */
#include "bodies.hpp"

namespace interop {

namespace {

struct cleanup {
  witness hears;
  ~cleanup() { hears.say("cleanup"); }
};

void say_caught(const witness &hears, std::exception_ptr thrown) {
  hears.say("caught " + error_words(hears, thrown));
}

}  // namespace

task<value> give(value given) { co_return given; }

task<value> echo(value given) {
  co_return co_await baton::yield(std::move(given));
}

task<number> turns(number count) {
  for (number i = 0; i < count; i++) co_await baton::yield(i);
  co_return count;
}

task<value> fail(number kind, std::string message) {
  throw baton::error(static_cast<baton::kind>(kind), message);
  co_return value();
}

task<value> fail_os(number code, std::string message) {
  throw std::system_error(static_cast<int>(code), std::generic_category(),
                          message);
  co_return value();
}

task<value> fail_because() {
  try {
    throw std::runtime_error("inner");
  } catch (...) {
    std::throw_with_nested(std::invalid_argument("outer"));
  }
  co_return value();
}

task<value> panic(std::string message) {
  throw baton::error(baton::kind::panic, message);
  co_return value();
}

task<value> hold(witness hears, value) {
  cleanup at_end{hears};
  co_return co_await baton::yield();
}

task<value> guard(witness hears, value awaited) {
  cleanup at_end{hears};
  co_return co_await std::move(awaited);
}

task<value> relay(value awaited) { co_return co_await std::move(awaited); }

task<value> rescue(witness hears, value awaited) {
  try {
    co_return co_await std::move(awaited);
  } catch (...) {
    say_caught(hears, std::current_exception());
  }
  co_return "rescued";
}

task<value> catch_(witness hears) {
  try {
    co_return co_await baton::yield();
  } catch (...) {
    say_caught(hears, std::current_exception());
  }
  co_return "caught";
}

task<value> answer(witness hears) {
  std::exception_ptr thrown; /* no co_await in a handler */
  try {
    co_return co_await baton::yield();
  } catch (...) {
    thrown = std::current_exception();
  }
  say_caught(hears, thrown);
  value sent = co_await baton::yield("cleaning");
  hears.say("cleaned " + value_words(hears, sent));
  std::rethrow_exception(thrown);
}

task<value> ignore() {
  try {
    co_await baton::yield();
  } catch (...) {
  }
  co_return co_await baton::yield("ignored");
}

task<value> replace() {
  try {
    co_await baton::yield();
  } catch (...) {
    throw std::invalid_argument("instead");
  }
  co_return value();
}

task<value> act(witness hears, std::string name) {
  hears.act(name);
  co_return value();
}

/* ---- A wait of C++'s own ------------------------------------------------ */

namespace {
std::atomic<bool> open;
baton::wake_slot sleeper;
}  // namespace

task<value> sleep(witness hears) {
  cleanup at_end{hears};
  co_await baton::until(sleeper, [] { return open.load(); });
  co_return "awake";
}

void ring(number what) {
  open = what == 1;
  sleeper.wake();
}

/* ---- Async generators ---------------------------------------------------- */

task<number> collect(witness hears, value items, number last) {
  baton::async_iterator<> iterator(items);
  number count = 0;
  while (std::optional<value> item = co_await iterator.next()) {
    hears.say("item " + value_words(hears, *item));
    if (++count == last) {
      co_await iterator.aclose();
      break;
    }
  }
  co_return count;
}

async_generator<number> items(witness hears, number count) {
  cleanup at_end{hears};
  for (number i = 0; i < count; i++) co_yield i;
}

async_generator<number> items_fail() {
  co_yield 0;
  throw std::invalid_argument("no more");
}

async_generator<value> items_echo() {
  value sent;
  do {
    sent = co_yield std::move(sent);
  } while (!sent.is_none());
}

async_generator<number> items_catch(witness hears) {
  std::exception_ptr thrown;
  try {
    co_yield 0;
  } catch (...) {
    thrown = std::current_exception();
  }
  if (!thrown) co_return;
  say_caught(hears, thrown);
  co_yield 1;
}

async_generator<value> items_await(value first, value second) {
  co_yield co_await std::move(first);
  co_yield co_await std::move(second);
}

}  // namespace interop
