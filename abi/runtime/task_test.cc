/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <catch2/catch_test_macros.hpp>

#include "support/stress_executor.h"
#include "support/stress_gate.h"
#include "support/stress_objects.h"
#include "support/stress_rounds.h"
#include "support/stress_threads.h"
#include "support/stress_values.h"

using stress::answer;
using stress::ending;
using stress::gate;
using stress::loop;
using stress::script;
using stress::value;

namespace {

/* A task, with the caller's reference. */
class task {
 public:
  task(value awaitable, loop &on, ending &end) {
    status = baton_start(awaitable.get(), &on, ending::record, &end, &task_);
  }
  task(const task &) = delete;
  ~task() { release(); }
  void release() {
    if (task_) baton_task_release(task_);
    task_ = nullptr;
  }
  int32_t cancel(value error = value()) {
    return baton_task_cancel(task_, error.get());
  }
  int32_t status;

 private:
  baton_task *task_ = nullptr;
};

}  // namespace

TEST_CASE("a task posts its first step and does not run it", "[task][WAK-2]") {
  stress::balance balance;
  {
    loop on;
    ending end;
    gate waits;
    task started(waits.coroutine(), on, end);
    CHECK(started.status == BATON_OK);
    CHECK(waits.polls == 0);
    CHECK(on.turn() == 1);
    CHECK(waits.polls == 1);
    CHECK(end.times() == 0);
    waits.open(5);
    CHECK(waits.polls == 1);
    CHECK(end.times() == 0);
    CHECK(on.turn() == 1);
    CHECK(waits.polls == 2);
    CHECK(end.times() == 1);
    CHECK(end.status == BATON_RETURN);
    CHECK(end.result.payload.i64 == 5);
    CHECK(end.on_loop);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("several wakes before a step post it once", "[task][WAK-8]") {
  loop on;
  ending end;
  int polls = 0;
  const baton_waker *waker = nullptr;
  task started(
      script::make([&](baton_context *cx, baton_value *, baton_value *) {
        if (!waker) waker = stress::clone(cx->waker);
        return polls++ < 1 ? BATON_PENDING : BATON_RETURN;
      }),
      on, end);
  CHECK(on.turn() == 1);
  for (int i = 0; i < 1000; i++) stress::wake_by_ref(waker);
  CHECK(on.posted() == 2);
  CHECK(polls == 1);
  CHECK(on.turn() == 1);
  CHECK(polls == 2);
  CHECK(end.times() == 1);
  for (int i = 0; i < 1000; i++) stress::wake_by_ref(waker);
  CHECK(on.posted() == 2);
  started.release();
  stress::wake(waker);
  CHECK(on.turn() == 0);
  CHECK(end.times() == 1);
}

TEST_CASE("a wake during a step makes one more step", "[task][WAK-7]") {
  loop on;
  ending end;
  int polls = 0;
  task started(
      script::make([&](baton_context *cx, baton_value *, baton_value *) {
        CHECK_FALSE(stress::inside_wake());
        if (polls++ == 3) return BATON_RETURN;
        for (int i = 0; i < 5; i++) stress::wake_by_ref(cx->waker);
        return BATON_PENDING;
      }),
      on, end);
  CHECK(on.turn() == 4);
  CHECK(polls == 4);
  CHECK(end.times() == 1);
}

TEST_CASE("a task that is cancelled before its start never runs", "[task]") {
  stress::balance balance;
  stress::hooks hooks;
  {
    loop on;
    ending end;
    gate waits(answer::finish);
    task started(waits.coroutine(), on, end);
    CHECK(started.cancel() == BATON_OK);
    CHECK(end.times() == 0);
    on.turn();
    CHECK(waits.polls == 0);
    CHECK(waits.throws == 0);
    CHECK(end.times() == 1);
    CHECK(end.status == BATON_ERROR);
    CHECK(baton_error_kind(&end.result) == BATON_ERROR_CANCELLED);
    CHECK(started.cancel() == BATON_INVALID_STATE);
  }
  CHECK(hooks.unawaited == 0);
  CHECK(balance.change() == 0);
}

TEST_CASE("cancelling a pending task throws at its next step", "[task]") {
  stress::balance balance;
  {
    loop on;
    ending end;
    gate waits(answer::raise);
    task started(waits.coroutine(), on, end);
    on.turn();
    CHECK(started.cancel() == BATON_OK);
    CHECK(waits.throws == 0);
    CHECK(on.turn() == 1);
    CHECK(waits.throws == 1);
    CHECK(end.status == BATON_ERROR);
    CHECK(baton_error_kind(&end.result) == BATON_ERROR_CANCELLED);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("cancel loses to a coroutine that finishes", "[task]") {
  loop on;
  ending end;
  gate waits(answer::finish);
  task started(waits.coroutine(), on, end);
  on.turn();
  started.cancel();
  on.turn();
  CHECK(end.status == BATON_RETURN);
  CHECK(end.result.payload.i64 == 7);
}

TEST_CASE("a cancelled task waits for its cleanup", "[task]") {
  loop on;
  ending end;
  gate waits(answer::clean_up);
  task started(waits.coroutine(), on, end);
  on.turn();
  started.cancel();
  on.turn();
  CHECK(end.times() == 0);
  waits.open(1);
  on.turn();
  CHECK(end.times() == 1);
  CHECK(baton_error_kind(&end.result) == BATON_ERROR_CANCELLED);
}

TEST_CASE("a task may be cancelled as often as wanted", "[task]") {
  stress::balance balance;
  {
    loop on;
    ending end;
    gate waits(answer::swallow);
    task started(waits.coroutine(), on, end);
    on.turn();
    for (uint64_t i = 1; i <= 3; i++) {
      CHECK(started.cancel() == BATON_OK);
      on.turn();
      CHECK(waits.throws == i);
      CHECK(end.times() == 0);
    }
    waits.open(3);
    on.turn();
    CHECK(end.result.payload.i64 == 3);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("cancel throws the error that it is given", "[task]") {
  stress::balance balance;
  {
    loop on;
    ending end;
    gate waits;
    task started(waits.coroutine(), on, end);
    on.turn();
    value error(baton_error_new(BATON_ERROR_TIMEOUT, "too late"));
    value kept = error.copy();
    CHECK(started.cancel(std::move(error)) == BATON_OK);
    value second(baton_error_new(BATON_ERROR_VALUE, "ignored"));
    CHECK(started.cancel(std::move(second)) == BATON_OK);
    on.turn();
    CHECK(kept.is(end.result));
    value late(baton_error_new(BATON_ERROR_VALUE, "refused"));
    CHECK(started.cancel(std::move(late)) == BATON_INVALID_STATE);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a task outlives the caller's reference", "[task]") {
  stress::balance balance;
  {
    loop on;
    ending end;
    gate waits;
    task started(waits.coroutine(), on, end);
    started.release();
    on.turn();
    waits.open(8);
    on.turn();
    CHECK(end.times() == 1);
    CHECK(end.result.payload.i64 == 8);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a task needs no reference and no callback", "[task]") {
  stress::balance balance;
  {
    loop on;
    gate waits;
    value self = waits.coroutine();
    CHECK(baton_start(self.get(), &on, nullptr, nullptr, nullptr) == BATON_OK);
    CHECK(self.is_none());
    on.turn();
    waits.open(8);
    on.turn();
    CHECK(waits.ends == 1);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("baton_start refuses what it cannot use and takes nothing",
          "[task][OWN-4]") {
  loop on;
  gate waits;
  value self = waits.coroutine();
  baton_task *made = nullptr;
  CHECK(baton_start(nullptr, &on, nullptr, nullptr, &made) ==
        BATON_INVALID_ARGUMENT);
  CHECK(baton_start(self.get(), nullptr, nullptr, nullptr, &made) ==
        BATON_INVALID_ARGUMENT);
  on.struct_size = 4;
  CHECK(baton_start(self.get(), &on, nullptr, nullptr, &made) ==
        BATON_INVALID_ARGUMENT);
  on.struct_size = sizeof(baton_executor);
  auto post = on.post;
  on.post = nullptr;
  CHECK(baton_start(self.get(), &on, nullptr, nullptr, &made) ==
        BATON_INVALID_ARGUMENT);
  on.post = post;
  CHECK(made == nullptr);
  CHECK_FALSE(self.is_none());
  CHECK(stress::close(self).status == BATON_RETURN);
}

TEST_CASE("a task waits for tokens and throws other values back",
          "[task][WAK-10]") {
  loop on;
  ending end;
  value token = stress::token::make();
  int sends = 0;
  task started(script::make(
                   [&](baton_context *, baton_value *, baton_value *out) {
                     *out = sends++ ? baton_from_i64(4) : token.copy().take();
                     return BATON_YIELD;
                   },
                   [](baton_context *, baton_value *error, baton_value *out) {
                     *out = baton_take(error);
                     return BATON_ERROR;
                   }),
               on, end);
  on.turn();
  CHECK(stress::token::of(token).is_subscribed());
  stress::token::of(token).make_ready();
  on.turn();
  value result(baton_take(&end.result));
  CHECK(end.status == BATON_ERROR);
  CHECK(result.message() == "bad yield: i64");
}

TEST_CASE("cancelling a task lets go of the token that it waits for",
          "[task]") {
  loop on;
  ending end;
  value token = stress::token::make();
  task started(script::make(
                   [&](baton_context *, baton_value *, baton_value *out) {
                     *out = token.copy().take();
                     return BATON_YIELD;
                   },
                   [](baton_context *, baton_value *error, baton_value *out) {
                     *out = baton_take(error);
                     return BATON_ERROR;
                   }),
               on, end);
  on.turn();
  started.cancel();
  on.turn();
  CHECK(end.times() == 1);
  CHECK(stress::token::of(token).unsubscribed == 1);
  CHECK_FALSE(stress::token::of(token).is_subscribed());
}

TEST_CASE("each of many tasks completes once on a loop of four threads",
          "[task][THR-2][THR-3]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("many tasks");
    loop on;
    on.start(4);
    const uint64_t count = stress::rounds(2000);
    for (uint64_t i = 0; i < count; i++) {
      ending end;
      gate waits(i % 2 ? answer::raise : answer::finish);
      task started(waits.coroutine(), on, end);
      if (i % 4 < 2) {
        waits.open(static_cast<int64_t>(i));
      } else {
        started.cancel();
        waits.wake_now();
        waits.open(1);
      }
      if (i % 3 == 0) started.release();
      end.wait();
      if (end.times() != 1 || !end.on_loop || waits.synchronous != 0 ||
          (end.status != BATON_RETURN && end.status != BATON_ERROR))
        FAIL("task " << i << " ended with status " << end.status);
    }
    on.stop();
  }
  CHECK(balance.change() == 0);
}
