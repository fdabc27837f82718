/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <thread>

#include "support/stress_gate.h"
#include "support/stress_objects.h"
#include "support/stress_threads.h"
#include "support/stress_values.h"

using stress::outcome;
using stress::script;
using stress::value;

namespace {

/* Yields its token, then returns the kind of error thrown into it, or 1. */
struct yielder {
  baton_value token;
  uint32_t started;
};

int32_t BATON_CALL yield_token(const baton_value *self, baton_context *,
                               uint32_t op, baton_value *in, baton_value *out) {
  yielder *frame = static_cast<yielder *>(baton_coro_frame(self));
  if (op == BATON_OP_THROW) {
    *out = baton_take(in);
    return BATON_ERROR;
  }
  if (frame->started++) {
    *out = baton_from_i64(1);
    return BATON_RETURN;
  }
  *out = baton_take(&frame->token);
  return BATON_YIELD;
}

value yielding(value token) {
  static const baton_body body = stress::body_with_values<yielder>(
      "yielder", yield_token, offsetof(yielder, token), 1);
  value made = stress::coroutine(body);
  stress::frame_of<yielder>(made).token = token.take();
  return made;
}

}  // namespace

TEST_CASE("block_on gives what the coroutine returns", "[block_on]") {
  stress::balance balance;
  {
    stress::gate gate;
    value self = gate.coroutine();
    gate.open(41);
    outcome end = stress::block_on(self);
    CHECK(end.status == BATON_RETURN);
    CHECK(end.out.number() == 41);
    CHECK(stress::state_of(self) == BATON_CLOSED);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("block_on sleeps until another thread wakes it",
          "[block_on][WAK-1][WAK-7]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("block_on sleeps");
    stress::gate gate;
    value self = gate.coroutine();
    std::thread opener([&gate] {
      while (gate.polls.load() == 0) std::this_thread::yield();
      gate.open(2);
    });
    outcome end = stress::block_on(self);
    opener.join();
    CHECK(end.status == BATON_RETURN);
    CHECK(end.out.number() == 2);
    CHECK(gate.polls.load() >= 1);
    CHECK(gate.synchronous.load() == 0);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("block_on resumes after a wake that came before PENDING",
          "[block_on][WAK-7]") {
  stress::watchdog watchdog("early wake");
  uint64_t polls = 0;
  value self = script::make(
      [&polls](baton_context *cx, baton_value *, baton_value *out) {
        if (polls++ < 3) {
          stress::wake_by_ref(cx->waker);
          stress::wake_by_ref(cx->waker);
          return BATON_PENDING;
        }
        *out = baton_from_i64(static_cast<int64_t>(polls));
        return BATON_RETURN;
      });
  outcome end = stress::block_on(self);
  CHECK(end.status == BATON_RETURN);
  CHECK(end.out.number() == 4);
}

TEST_CASE("a wake after block_on has returned does nothing",
          "[block_on][WAK-8]") {
  stress::balance balance;
  const baton_waker *late[3] = {nullptr, nullptr, nullptr};
  {
    value self =
        script::make([&late](baton_context *cx, baton_value *, baton_value *) {
          for (const baton_waker *&waker : late)
            waker = stress::clone(cx->waker);
          return BATON_RETURN;
        });
    CHECK(stress::block_on(self).status == BATON_RETURN);
  }
  for (int i = 0; i < 1000; i++) stress::wake_by_ref(late[0]);
  stress::on_another_thread([&late] { stress::wake(late[0]); });
  stress::wake(late[1]);
  late[2]->methods->drop(late[2]);
  CHECK(balance.change() == 0);
}

TEST_CASE("block_on gives the same waker at every poll", "[block_on][WAK-5]") {
  stress::watchdog watchdog("same waker");
  const baton_waker *first = nullptr;
  int polls = 0;
  bool same = true;
  value self =
      script::make([&](baton_context *cx, baton_value *, baton_value *) {
        if (polls++ == 0) first = cx->waker;
        same = same && cx->waker == first;
        stress::wake_by_ref(cx->waker);
        return polls < 10 ? BATON_PENDING : BATON_RETURN;
      });
  CHECK(stress::block_on(self).status == BATON_RETURN);
  CHECK(same);
}

TEST_CASE("block_on waits for a yielded token that has wait/1",
          "[block_on][WAK-10]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("token");
    value token = stress::token::make();
    value self = yielding(token.copy());
    stress::token::of(token).make_ready();
    outcome end = stress::block_on(self);
    CHECK(end.status == BATON_RETURN);
    CHECK(end.out.number() == 1);
    CHECK(stress::token::of(token).subscribed == 1);
    CHECK_FALSE(stress::token::of(token).is_subscribed());
  }
  CHECK(balance.change() == 0);
  CHECK(stress::live_objects() == 0);
}

TEST_CASE("block_on is woken by a token that becomes ready later",
          "[block_on][WAK-7]") {
  stress::watchdog watchdog("late token");
  value token = stress::token::make();
  baton_value children[2] = {yielding(token.copy()).take(), baton_none()};
  /* The second child makes the token ready, after the first has yielded it. */
  children[1] =
      script::make([&token](baton_context *, baton_value *, baton_value *) {
        CHECK(stress::token::of(token).is_subscribed());
        stress::token::of(token).make_ready();
        return BATON_RETURN;
      }).take();
  value group;
  REQUIRE(baton_group_new(BATON_GROUP_JOIN, children, 2, group.get()) ==
          BATON_OK);
  CHECK(stress::block_on(group).status == BATON_RETURN);
  value first;
  CHECK(baton_group_result(group.get(), 0, first.get()) == BATON_RETURN);
  CHECK(first.number() == 1);
}

TEST_CASE("block_on throws back a token that it cannot wait for",
          "[block_on][WAK-10]") {
  stress::balance balance;
  {
    outcome end = stress::block_on(yielding(stress::thing::make()));
    CHECK(end.status == BATON_ERROR);
    CHECK(end.out.kind() == BATON_ERROR_RUNTIME);
    CHECK(end.out.message() == "bad yield: thing");
  }
  {
    outcome end = stress::block_on(yielding(value(baton_from_i64(3))));
    CHECK(end.out.message() == "bad yield: i64");
  }
  {
    outcome end = stress::block_on(yielding(value())); /* run again soon */
    CHECK(end.status == BATON_RETURN);
  }
  CHECK(balance.change() == 0);
  CHECK(stress::live_objects() == 0);
}

TEST_CASE("a coroutine may catch bad yield and go on", "[block_on][WAK-10]") {
  int throws = 0;
  value self = script::make(
      [](baton_context *, baton_value *, baton_value *out) {
        *out = baton_from_i64(9);
        return BATON_YIELD;
      },
      [&throws](baton_context *, baton_value *, baton_value *out) {
        *out = baton_from_i64(throws);
        return throws++ < 2 ? BATON_YIELD : BATON_RETURN;
      });
  outcome end = stress::block_on(self);
  CHECK(end.status == BATON_RETURN);
  CHECK(end.out.number() == 2);
  CHECK(throws == 3);
}

TEST_CASE("block_on throws the refusal of a token's subscribe",
          "[block_on][WAK-10]") {
  value token = stress::token::make();
  stress::token::of(token).refusal = BATON_WRONG_THREAD;
  outcome end = stress::block_on(yielding(token.copy()));
  CHECK(end.status == BATON_ERROR);
  CHECK(end.out.kind() == BATON_ERROR_RUNTIME);
  CHECK(end.out.message() == "'token' belongs to another thread");
}

TEST_CASE("block_on tells why a value cannot be awaited", "[block_on]") {
  stress::balance balance;
  {
    outcome number = stress::block_on(value(baton_from_i64(1)));
    CHECK(number.status == BATON_ERROR);
    CHECK(number.out.kind() == BATON_ERROR_TYPE);
    CHECK(number.out.message() == "'i64' object can't be awaited");
    outcome thing = stress::block_on(stress::thing::make());
    CHECK(thing.out.message() == "'thing' object can't be awaited");
    outcome nothing = stress::block_on(value(baton_none()));
    CHECK(nothing.out.message() == "'none' object can't be awaited");
  }
  baton_value out = baton_none();
  CHECK(baton_block_on(nullptr, &out) == BATON_INVALID_ARGUMENT);
  CHECK(balance.change() == 0);
}

TEST_CASE("block_on reports an unknown status and closes the coroutine",
          "[block_on][COR-13]") {
  stress::balance balance;
  {
    value held = stress::thing::make();
    value self =
        script::make([&held](baton_context *, baton_value *, baton_value *out) {
          *out = held.copy().take();
          return 77;
        });
    outcome end = stress::block_on(self);
    CHECK(end.status == BATON_ERROR);
    CHECK(end.out.kind() == BATON_ERROR_RUNTIME);
    CHECK(end.out.message() == "unknown status 77 from script");
    CHECK(script::of(self).closes == 1);
  }
  CHECK(stress::live_objects() == 0);
  CHECK(balance.change() == 0);
}

TEST_CASE("block_on passes an error on as the same object",
          "[block_on][ERR-6]") {
  value error(baton_error_new(BATON_ERROR_KEY, "no %s", "such key"));
  value self =
      script::make([&error](baton_context *, baton_value *, baton_value *out) {
        *out = error.copy().take();
        return BATON_ERROR;
      });
  outcome end = stress::block_on(self);
  CHECK(end.status == BATON_ERROR);
  CHECK(end.out.is(*error.get()));
}
