/* SPDX-License-Identifier: MIT */
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/drive.h"
#include "support/foreign.h"
#include "support/place_bodies.h"
#include "support/script.h"
#include "support/watch.h"

/* Bodies in C that read like coroutines: author.h. */

using namespace support;

namespace {

Value made(const baton_body *body, Value part = Value(), Value extra = Value(),
           int64_t i = 0, int64_t *cleanups = nullptr) {
  Value value;
  REQUIRE(baton_coro_new(body, value.get()) == BATON_OK);
  auto *frame = static_cast<place_frame *>(baton_coro_frame(value.get()));
  frame->part = part.give();
  frame->extra = extra.give();
  frame->i = i;
  frame->cleanups = cleanups;
  return value;
}

place_frame *frame_of(const Value &value) {
  return static_cast<place_frame *>(baton_coro_frame(value.get()));
}

Value items_up_to(int64_t count, int64_t *cleanups = nullptr) {
  Value value = made(place_items, Value(), Value(), 0, cleanups);
  frame_of(value)->total = count;
  return value;
}

Value next_of(const Value &iterator) {
  Context cx;
  Value step;
  REQUIRE(iterator.get()->head.type->as_async->am_anext(
              iterator.get(), &cx, step.get()) == BATON_OWNED);
  return step;
}

Value context_of(const Value &error) {
  Value out;
  error.get()->head.type->as_error->context(error.get(), out.get());
  return out;
}

}  // namespace

TEST_CASE_METHOD(Watch, "a loop with a yield in it goes on where it stood",
                 "[COR-14][LNK-2]") {
  Value sum = made(place_sum);
  CHECK(send(sum) == "YIELD 0");
  CHECK(send(sum, 10) == "YIELD 1");
  CHECK(send(sum, 20) == "YIELD 2");
  CHECK(send(sum, 30) == "RETURN 60");
  CHECK(state(sum) == "CLOSED");
}

TEST_CASE_METHOD(Watch, "an error ends a body by way of its cleanup",
                 "[COR-6][COR-10]") {
  Value sum = made(place_sum, counted());
  send(sum);
  Value given = error(BATON_ERROR_KEY, "k");
  CHECK(throw_in(sum, given).out.is(given));
  CHECK(state(sum) == "CLOSED");
  sum = made(place_sum, counted());
  send(sum);
  CHECK(close(sum) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "a generator in C falls off its end", "[COR-3]") {
  Value count = made(place_count);
  frame_of(count)->total = 2;
  CHECK(send(count) == "YIELD 0");
  CHECK(send(count) == "YIELD 1");
  CHECK(send(count) == "RETURN none");
  CHECK(send(count) == "RETURN none");
}

TEST_CASE_METHOD(Watch, "an await gives its result, or its error",
                 "[AWT-1][COR-14]") {
  Value child = coroutine("child", {yields(1), returns_sent()});
  Value parent = made(place_await, child);
  CHECK(send(parent) == "YIELD 1");
  CHECK(send(parent, 5) == "RETURN 5");
  Value given = error(BATON_ERROR_OS, "disk");
  parent = made(place_await, coroutine("child", {raises(given)}));
  CHECK(send(parent).out.is(given));
  CHECK(send(made(place_await, 5)) ==
        "ERROR type-error: 'i64' object can't be awaited");
}

TEST_CASE_METHOD(Watch, "a wait is PENDING, and its line is told",
                 "[WAK-4][ERR-5]") {
  Value waiting = made(place_wait);
  CHECK(send(waiting) == "PENDING");
  baton_frame frame;
  introspect(waiting)->location(waiting.get(), &frame);
  CHECK(frame.line == frame_of(waiting)->i);
  CHECK(std::string(frame.function) == "wait");
  CHECK(send(waiting, 5) == "RETURN 5");
}

TEST_CASE_METHOD(Watch, "a raised error has the line where it was raised",
                 "[ERR-5]") {
  Value given = error(BATON_ERROR_OS, "disk");
  Value raising = made(place_raise, given);
  CHECK(send(raising).out.is(given));
  baton_frame frame;
  uint32_t kept = 0;
  uint64_t elided = 0;
  given.get()->head.type->as_error->frames(given.get(), &frame, 1, &kept,
                                           &elided);
  REQUIRE(kept == 1);
  CHECK(frame.line == frame_of(raising)->i);
  CHECK(std::string(frame.function) == "raise_once");
}

TEST_CASE_METHOD(Watch, "the forms that try leave the error in the body",
                 "[COR-6]") {
  for (const baton_body *body :
       {place_try_yield, place_try_await, place_try_wait}) {
    for (bool thrown : {false, true}) {
      Value child = body == place_try_await
                        ? coroutine("child", {yields(1), returns_sent()})
                        : Value();
      Value value = made(body, child);
      CHECK(send(value).status ==
            (body == place_try_wait ? BATON_PENDING : BATON_YIELD));
      const Outcome outcome = thrown
                                  ? throw_in(value, error(BATON_ERROR_KEY, "k"))
                                  : send(value, 5);
      CHECK(outcome ==
            "RETURN " + std::to_string(thrown ? BATON_ERROR_KEY : 5u));
    }
  }
  Value numbers = made(place_try_item);
  CHECK(send(next_of(numbers)) == "RETURN 1");
  const auto *table = static_cast<const baton_async_generator *>(
      baton_find(numbers.get(), BATON_EXT_ASYNC_GENERATOR));
  Value given = error(BATON_ERROR_KEY, "k"), step;
  Context cx;
  table->athrow(numbers.get(), &cx, given.get(), step.get());
  CHECK(send(step) == "RETURN " + std::to_string(BATON_ERROR_KEY));
}

/* ---- async for -------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "async for runs once per item, to the end",
                 "[AWT-6][AGN-2]") {
  int64_t cleanups = 0;
  CHECK(send(made(place_for, items_up_to(5, &cleanups))) == "RETURN 9");
  CHECK(cleanups == 1);
  CHECK(send(made(place_for, items_up_to(0))) == "RETURN 0");
}

TEST_CASE_METHOD(Watch, "async for may be left, and the iterator goes on",
                 "[AWT-6]") {
  Value numbers = items_up_to(6);
  CHECK(send(made(place_for, numbers, Value(), 3)) == "RETURN 2");
  CHECK(state(numbers) == "SUSPENDED");
  CHECK(send(next_of(numbers)) == "RETURN 4");
}

TEST_CASE_METHOD(Watch, "async for may await in its body", "[AWT-6][AWT-1]") {
  Value loop = made(
      place_for_await, items_up_to(3), awaitable([](auto *, baton_value *out) {
        *out = foreign({{BATON_YIELD, 1}, {BATON_RETURN, 10}}).give();
        return BATON_OWNED;
      }));
  CHECK(send(loop) == "YIELD 1");
  CHECK(send(loop) == "YIELD 1");
  CHECK(send(loop) == "YIELD 1");
  CHECK(send(loop) == "RETURN 33");
}

TEST_CASE_METHOD(Watch, "async for suspends with its iterator", "[AWT-6]") {
  Value numbers = async_generator("numbers", {waits(), items(4), items(5)});
  Value loop = made(place_for, numbers);
  CHECK(send(loop) == "PENDING");
  CHECK(send(loop) == "RETURN 9");
  numbers = async_generator("numbers", {waits()});
  loop = made(place_for, numbers);
  send(loop);
  CHECK(throw_in(loop, error(BATON_ERROR_KEY, "k")) == "ERROR key-error: k");
}

TEST_CASE_METHOD(Watch, "async for over what is no iterator fails", "[AWT-5]") {
  const std::string rule =
      "ERROR type-error: 'async for' requires an iterator with __anext__ "
      "method, got ";
  CHECK(send(made(place_for, 5)) == rule + "i64");
  CHECK(send(made(place_for, counted())) == rule + "counted");
  CHECK(send(made(place_for, foreign())) == rule + "foreign");
}

namespace {

int32_t anext_status;

int32_t BATON_CALL odd_anext(const baton_value *, baton_context *,
                             baton_value *out) {
  *out = anext_status == BATON_ERROR ? host_error(BATON_ERROR_KEY).give()
                                     : counted().give();
  return anext_status;
}

Value odd_iterator(int32_t status) {
  static const baton_async_methods table = {sizeof table, 0, nullptr, nullptr,
                                            odd_anext};
  static const baton_type type = [] {
    baton_type made_type = plain_type("odd");
    made_type.as_async = &table;
    return made_type;
  }();
  anext_status = status;
  return Value(baton_from_object(&type, new Object));
}

}  // namespace

TEST_CASE_METHOD(Watch, "an am_anext that fails or refuses fails the loop",
                 "[AWT-6][LNK-13][OWN-3]") {
  CHECK(send(made(place_for, odd_iterator(BATON_ERROR))) == "ERROR key-error");
  CHECK(send(made(place_for, odd_iterator(BATON_NO_MEMORY))) ==
        "ERROR no-memory");
  CHECK(send(made(place_for, odd_iterator(BATON_WRONG_THREAD))) ==
        "ERROR runtime-error: 'odd' belongs to another thread");
  CHECK(send(made(place_for, odd_iterator(BATON_OWNED))) ==
        "ERROR type-error: 'counted' object can't be awaited");
}

TEST_CASE_METHOD(Watch, "an unknown status of am_anext is told as such",
                 "[COR-13]") {
  CHECK(send(made(place_for, odd_iterator(77))) ==
        "ERROR runtime-error: unknown status 77 from odd");
}

/* ---- Cleanup ---------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "a cleanup runs once on every way out",
                 "[COR-8][COR-10]") {
  int64_t cleanups = 0;
  Value value = made(place_cleanup, Value(), Value(), 0, &cleanups);
  send(value);
  CHECK(send(value) == "YIELD 100");
  CHECK(send(value) == "RETURN 7");
  CHECK(cleanups == 1);

  value = made(place_cleanup, Value(), Value(), 0, &cleanups);
  send(value);
  CHECK(throw_in(value, error(BATON_ERROR_KEY, "k")) == "YIELD 100");
  CHECK(send(value) == "ERROR key-error: k");
  CHECK(cleanups == 2);

  value = made(place_cleanup, Value(), Value(), 0, &cleanups);
  send(value);
  CHECK(close(value, accept_all) == "YIELD 100");
  CHECK(send(value) == "RETURN none");
  CHECK(cleanups == 3);

  value = made(place_cleanup, Value(), Value(), 0, &cleanups);
  send(value);
  CHECK(close(value) == "ERROR runtime-error: coroutine ignored GeneratorExit");
  CHECK(send(value) == "ERROR generator-exit");
  CHECK(cleanups == 4);
}

TEST_CASE_METHOD(Watch, "a body that never ran has nothing to clean up",
                 "[COR-5][COR-7]") {
  int64_t cleanups = 0;
  Value value = made(place_cleanup, counted(), counted(), 0, &cleanups);
  CHECK(throw_in(value, error(BATON_ERROR_KEY, "k")) == "ERROR key-error: k");
  value = made(place_cleanup, counted(), counted(), 0, &cleanups);
  close(value);
  CHECK(cleanups == 0);
}

TEST_CASE_METHOD(Watch,
                 "an error in the cleanup ends the body, the first its "
                 "context",
                 "[ERR-7]") {
  Value first = error(BATON_ERROR_KEY, "first");
  int64_t cleanups = 0;
  Value value = made(place_cleanup_raises, Value(),
                     error(BATON_ERROR_OS, "second"), 0, &cleanups);
  send(value);
  Outcome outcome = throw_in(value, first);
  CHECK(outcome == "ERROR os-error: second");
  CHECK(context_of(outcome.out).is(first));
  CHECK(cleanups == 1);

  value = made(place_cleanup_raises, Value(), error(BATON_ERROR_OS, "alone"), 0,
               &cleanups);
  send(value);
  outcome = send(value);
  CHECK(outcome == "ERROR os-error: alone");
  CHECK(context_of(outcome.out).none());
}

TEST_CASE_METHOD(Watch, "an error that others hold is not changed by a cleanup",
                 "[ERR-6]") {
  Value second = error(BATON_ERROR_OS, "second");
  Value value = made(place_cleanup_raises, Value(), second);
  send(value);
  CHECK(throw_in(value, error(BATON_ERROR_KEY, "first")).out.is(second));
  CHECK(context_of(second).none());
}

TEST_CASE_METHOD(Watch, "an error that is raised again is not its own context",
                 "[ERR-6][OWN-7]") {
  Value given = error(BATON_ERROR_KEY, "k");
  Value value = made(place_cleanup_raises, Value(), given);
  send(value);
  CHECK(throw_in(value, given).out.is(given));
  CHECK(context_of(given).none());
  /* If it is, it holds itself: take it apart, so that only this fails. */
  Value none;
  baton_error_set_context(given.get(), none.get());
}

TEST_CASE_METHOD(Watch, "a throw into a cleanup ends it, the first its context",
                 "[COR-6]") {
  Value value = made(place_cleanup);
  send(value);
  Value first = error(BATON_ERROR_KEY, "first");
  CHECK(throw_in(value, first) == "YIELD 100");
  Value second = error(BATON_ERROR_OS, "second"), out; /* nobody else's */
  Context cx;
  CHECK(baton_throw(value.get(), &cx, second.get(), out.get()) == BATON_ERROR);
  CHECK(second.none());
  CHECK(describe(out) == "os-error: second");
  CHECK(context_of(out).is(first));
}

TEST_CASE_METHOD(Watch, "a return in the cleanup takes an error's place",
                 "[COR-11]") {
  int64_t cleanups = 0;
  Value value = made(place_cleanup_returns, Value(), Value(), 0, &cleanups);
  send(value);
  CHECK(throw_in(value, host_error(BATON_ERROR_KEY)) == "RETURN 9");
  value = made(place_cleanup_returns, Value(), Value(), 0, &cleanups);
  send(value);
  CHECK(close(value) == "RETURN 9");
  CHECK(cleanups == 2);
}

TEST_CASE_METHOD(Watch, "a cleanup may await", "[COR-10]") {
  Value value = made(place_cleanup_awaits, Value(),
                     coroutine("child", {waits(), returns(3)}));
  send(value);
  CHECK(throw_in(value, error(BATON_ERROR_KEY, "k")) == "PENDING");
  CHECK(send(value) == "ERROR key-error: k");
  value = made(place_cleanup_awaits, Value(),
               coroutine("child", {raises(error(BATON_ERROR_OS, "disk"))}));
  send(value);
  CHECK(throw_in(value, error(BATON_ERROR_KEY, "k")) == "ERROR os-error: disk");
}

TEST_CASE_METHOD(Watch, "a cleanup may ask what the body ends with",
                 "[COR-6]") {
  Value value = made(place_ending);
  send(value);
  CHECK(send(value) == "YIELD 0");
  value = made(place_ending);
  send(value);
  CHECK(throw_in(value, error(BATON_ERROR_KEY, "k")) ==
        "YIELD " + std::to_string(BATON_ERROR_KEY));
}

TEST_CASE_METHOD(Watch, "a refusal may end a body as its error", "[LNK-13]") {
  CHECK(send(made(place_check, Value(), Value(), BATON_NO_MEMORY)) ==
        "ERROR no-memory");
  CHECK(send(made(place_check, Value(), Value(), BATON_UNSUPPORTED)) ==
        "ERROR type-error: 'coroutine' does not support this operation");
  CHECK(send(made(place_check, Value(), Value(), BATON_OK)) == "RETURN 7");
}

/* ---- Values ----------------------------------------------------------- */

TEST_CASE_METHOD(Watch, "the values of a frame and its outcome are dropped",
                 "[LNK-8][OWN-7]") {
  for (int way = 0; way < 5; way++) {
    const int objects = live_objects;
    Value value = made(place_cleanup, counted(), counted());
    if (way == 0) close(value);
    if (way == 1) throw_in(value, host_error(BATON_ERROR_KEY));
    if (way > 1) send(value);
    if (way == 2) throw_in(value, host_error(BATON_ERROR_KEY));
    if (way == 3) close(value);
    value.drop();
    CHECK(live_objects == objects);
    told_unraisable();
  }
}

TEST_CASE_METHOD(Watch, "an outcome that waits for the cleanup is visited",
                 "[TYP-8]") {
  Value value = made(place_cleanup);
  send(value);
  throw_in(value, host_error(BATON_ERROR_KEY));
  Lines seen;
  value.get()->head.type->traverse(
      value.get(),
      [](const baton_value *held, void *arg) -> int32_t {
        static_cast<Lines *>(arg)->push_back(describe(held));
        return 0;
      },
      &seen);
  CHECK(seen == Lines{"key-error"});
  CHECK(send(value) == "ERROR key-error");
}
