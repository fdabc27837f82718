/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <array>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "support/stress_executor.h"
#include "support/stress_gate.h"
#include "support/stress_objects.h"
#include "support/stress_rounds.h"
#include "support/stress_threads.h"
#include "support/stress_values.h"
#include "support/stress_wakers.h"

/* Wakes from eight threads at the very moment a coroutine returns PENDING,
 * under every driver of the library. */

using stress::accept_all;
using stress::outcome;
using stress::script;
using stress::value;

namespace {

constexpr uint32_t threads = 8;

/* One coroutine and the eight threads that wake it. In each round it hands a
 * clone to each thread, meets them, and returns PENDING while they wake. A
 * round is over for it when all eight have happened: a thread counts before it
 * wakes, so a driver that loses the last wake hangs. */
class storm {
 public:
  explicit storm(uint64_t rounds) : rounds_(rounds) {
    for (uint32_t i = 0; i < threads; i++)
      sources_.emplace_back([this, i] { source(i); });
  }
  storm(const storm &) = delete;

  value coroutine() {
    static const baton_body body = stress::body_of<storm *>("storm", resume);
    value made = stress::coroutine(body);
    stress::frame_of<storm *>(made) = this;
    return made;
  }

  /* To be called when the coroutine has ended and is gone: wakes it late. */
  void finish() {
    for (std::thread &thread : sources_) thread.join();
    for (uint32_t i = 0; i < threads; i++) {
      for (int k = 0; k < 100; k++) stress::wake_by_ref(late_[i]);
      std::thread([this, i] { stress::wake(late_[i]); }).join();
    }
  }

  uint64_t polls() const { return polls_.load(); }
  uint64_t synchronous() const { return synchronous_.load(); }
  uint64_t overlaps() const { return overlaps_.load(); }

 private:
  static int32_t BATON_CALL resume(const baton_value *self, baton_context *cx,
                                   uint32_t op, baton_value *in,
                                   baton_value *out) {
    storm *own = *static_cast<storm **>(baton_coro_frame(self));
    if (op == BATON_OP_THROW) {
      *out = baton_take(in);
      return BATON_ERROR;
    }
    if (own->running_.exchange(true)) own->overlaps_++;
    int32_t status = own->poll(cx, out);
    own->running_.store(false);
    return status;
  }

  int32_t poll(baton_context *cx, baton_value *out) {
    polls_++;
    if (stress::inside_wake()) synchronous_++;
    while (round_ < rounds_) {
      if (!open_) {
        if (round_ == 0)
          for (const baton_waker *&late : late_)
            late = stress::clone(cx->waker);
        for (const baton_waker *&waker : wakers_)
          waker = stress::clone(cx->waker);
        open_ = true;
        meet_.meet();
        return BATON_PENDING;
      }
      if (events_.load() < threads * (round_ + 1)) return BATON_PENDING;
      open_ = false;
      round_++;
    }
    *out = baton_from_i64(static_cast<int64_t>(round_));
    return BATON_RETURN;
  }

  void source(uint32_t index) {
    for (uint64_t round = 0; round < rounds_; round++) {
      meet_.meet();
      for (uint64_t i = 0; i < (round * (index + 1)) % 64; i++)
        std::atomic_signal_fence(std::memory_order_seq_cst);
      const baton_waker *waker = wakers_[index];
      events_.fetch_add(1);
      switch ((round + index) % 3) {
        case 0:
          stress::wake(waker);
          break;
        case 1:
          stress::wake_by_ref(waker);
          waker->methods->drop(waker);
          break;
        default: /* a storm */
          for (int i = 0; i < 5; i++) stress::wake_by_ref(waker);
          stress::wake(waker);
          break;
      }
    }
  }

  const uint64_t rounds_;
  stress::barrier meet_{threads + 1};
  std::array<const baton_waker *, threads> wakers_{};
  std::array<const baton_waker *, threads> late_{};
  std::atomic<uint64_t> events_{0};
  std::atomic<uint64_t> polls_{0};
  std::atomic<uint64_t> synchronous_{0};
  std::atomic<uint64_t> overlaps_{0};
  std::atomic<bool> running_{false};
  uint64_t round_ = 0;
  bool open_ = false;
  std::vector<std::thread> sources_;
};

/* A thread that writes plain memory and wakes, once for each PENDING. The
 * coroutine learns of the write by nothing but being resumed. */
class letters {
 public:
  explicit letters(uint64_t count)
      : count_(count), thread_([this] {
          for (uint64_t i = 1; i <= count_; i++) {
            const baton_waker *waker = nullptr;
            while (!(waker = waker_.exchange(nullptr)))
              std::this_thread::yield();
            letter_ = i;
            stress::wake(waker);
          }
        }) {}
  letters(const letters &) = delete;
  ~letters() { thread_.join(); }

  value coroutine() {
    static const baton_body body = stress::body_of<letters *>(
        "letters",
        [](const baton_value *self, baton_context *cx, uint32_t, baton_value *,
           baton_value *out) -> int32_t {
          letters *own = *static_cast<letters **>(baton_coro_frame(self));
          if (own->letter_ != own->polls_) own->wrong_++;
          if (own->polls_++ < own->count_) {
            own->waker_.store(stress::clone(cx->waker));
            return BATON_PENDING;
          }
          *out = baton_from_i64(static_cast<int64_t>(own->wrong_));
          return BATON_RETURN;
        });
    value made = stress::coroutine(body);
    stress::frame_of<letters *>(made) = this;
    return made;
  }

 private:
  const uint64_t count_;
  uint64_t letter_ = 0; /* not atomic: the wake orders it */
  uint64_t polls_ = 0;
  uint64_t wrong_ = 0;
  std::atomic<const baton_waker *> waker_{nullptr};
  std::thread thread_;
};

value group_of(uint32_t mode, std::vector<value> children) {
  std::vector<baton_value> given;
  for (value &child : children) given.push_back(child.take());
  value made;
  REQUIRE(baton_group_new(mode, given.data(), given.size(), made.get()) ==
          BATON_OK);
  return made;
}

/* Awaits what its frame holds. */
int32_t BATON_CALL await_it(const baton_value *self, baton_context *,
                            uint32_t op, baton_value *in, baton_value *out) {
  baton_value *child = static_cast<baton_value *>(baton_coro_frame(self));
  if (op == BATON_OP_SEND && !baton_is_none(child)) {
    *out = baton_take(child);
    return BATON_AWAIT;
  }
  *out = baton_take(in);
  return op == BATON_OP_SEND ? BATON_RETURN : BATON_ERROR;
}

value awaiting(value child) {
  static const baton_body body =
      stress::body_with_values<baton_value>("awaiting", await_it, 0, 1);
  value made = stress::coroutine(body);
  stress::frame_of<baton_value>(made) = child.take();
  return made;
}

void check(const storm &storm, uint64_t rounds) {
  CHECK(storm.polls() > rounds);
  CHECK(storm.synchronous() == 0);
  CHECK(storm.overlaps() == 0);
}

}  // namespace

TEST_CASE("block_on loses no wake of eight threads",
          "[WAK-1][WAK-2][WAK-7][WAK-8][THR-3]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("block_on and eight threads");
    const uint64_t rounds = stress::rounds(3000);
    storm storm(rounds);
    outcome end = stress::block_on(awaiting(storm.coroutine()));
    CHECK(end.status == BATON_RETURN);
    CHECK(end.out.number() == static_cast<int64_t>(rounds));
    storm.finish();
    check(storm, rounds);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a task on several threads loses no wake of eight threads",
          "[WAK-1][WAK-2][WAK-7][WAK-8][THR-2][THR-3]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("task and eight threads");
    const uint64_t rounds = stress::rounds(3000);
    storm storm(rounds);
    stress::loop on;
    stress::ending end;
    on.start(3);
    value self = awaiting(storm.coroutine());
    REQUIRE(baton_start(self.get(), &on, stress::ending::record, &end,
                        nullptr) == BATON_OK);
    end.wait();
    CHECK(end.status == BATON_RETURN);
    CHECK(end.result.payload.i64 == static_cast<int64_t>(rounds));
    storm.finish();
    on.stop();
    CHECK(end.times() == 1);
    CHECK(end.on_loop);
    check(storm, rounds);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a group loses no wake of eight threads for its children",
          "[WAK-1][WAK-2][WAK-7][WAK-8][THR-3]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("group and eight threads");
    const uint64_t rounds = stress::rounds(1000);
    storm first(rounds), second(rounds);
    stress::gate never;
    std::vector<value> children;
    children.push_back(first.coroutine());
    children.push_back(awaiting(second.coroutine()));
    value join = group_of(BATON_GROUP_JOIN, std::move(children));
    SECTION("under block_on") {
      CHECK(stress::block_on(join).status == BATON_RETURN);
    }
    SECTION("in a race, in a task") {
      std::vector<value> racers;
      racers.push_back(never.coroutine());
      racers.push_back(std::move(join));
      value race = group_of(BATON_GROUP_RACE, std::move(racers));
      stress::loop on;
      stress::ending end;
      on.start(2);
      REQUIRE(baton_start(race.get(), &on, stress::ending::record, &end,
                          nullptr) == BATON_OK);
      end.wait();
      CHECK(end.status == BATON_RETURN);
      on.stop();
      CHECK(never.exits == 1);
      CHECK(never.polls == 1);
    }
    join.drop();
    first.finish();
    second.finish();
    check(first, rounds);
    check(second, rounds);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("what is written before a wake is seen by the run that it causes",
          "[THR-3]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("letters");
    const uint64_t count = stress::rounds(5000);
    letters first(count), second(count), third(count);
    CHECK(stress::block_on(awaiting(first.coroutine())).out.number() == 0);
    stress::loop on;
    stress::ending end;
    on.start(3);
    value self = awaiting(second.coroutine());
    REQUIRE(baton_start(self.get(), &on, stress::ending::record, &end,
                        nullptr) == BATON_OK);
    end.wait();
    on.stop();
    CHECK(end.result.payload.i64 == 0);
    std::vector<value> children;
    children.push_back(third.coroutine());
    value race = group_of(BATON_GROUP_RACE, std::move(children));
    CHECK(stress::block_on(race).out.number() == 0);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("each of eight children is woken by its own thread",
          "[WAK-4][WAK-6][WAK-7]") {
  stress::balance balance;
  for (uint64_t round = 0; round < stress::rounds(500); round++) {
    stress::watchdog watchdog("a child a thread");
    std::vector<stress::gate> gates(threads);
    std::vector<value> children;
    for (stress::gate &one : gates) children.push_back(one.coroutine());
    value join =
        group_of(round % 2 ? BATON_GROUP_JOIN : BATON_GROUP_FIRST_ERROR,
                 std::move(children));
    stress::barrier meet(threads + 1);
    std::vector<std::thread> openers;
    for (uint32_t i = 0; i < threads; i++)
      openers.emplace_back([&, i] {
        meet.meet();
        for (uint32_t k = 0; k < i % 4; k++) gates[i].wake_now();
        gates[i].open(i);
      });
    meet.meet();
    outcome end = stress::block_on(join);
    for (std::thread &thread : openers) thread.join();
    REQUIRE(end.status == BATON_RETURN);
    for (uint32_t i = 0; i < threads; i++) {
      value result;
      REQUIRE(baton_group_result(join.get(), i, result.get()) == BATON_RETURN);
      REQUIRE(result.number() == i);
      REQUIRE(gates[i].synchronous == 0);
    }
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a race may be woken while it ends and after it is gone", "[WAK-8]") {
  stress::balance balance;
  for (uint64_t round = 0; round < stress::rounds(500); round++) {
    stress::watchdog watchdog("race under fire");
    std::array<stress::gate, 4> gates;
    std::vector<value> children;
    for (stress::gate &one : gates) children.push_back(one.coroutine());
    value race = group_of(BATON_GROUP_RACE, std::move(children));
    stress::barrier meet(5);
    std::vector<std::thread> openers;
    for (uint32_t i = 0; i < 4; i++)
      openers.emplace_back([&, i] {
        meet.meet();
        for (uint64_t k = 0; k < (round + i) % 3; k++)
          std::this_thread::yield();
        /* The children that lose close their gates meanwhile. */
        gates[i].open(static_cast<int64_t>(i));
        gates[i].wake_now();
      });
    meet.meet();
    outcome end = stress::block_on(race);
    race.drop();
    for (std::thread &thread : openers) thread.join();
    REQUIRE(end.status == BATON_RETURN);
    uint64_t exits = 0;
    for (stress::gate &one : gates) exits += one.exits;
    REQUIRE(exits <= 3);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a task that is cancelled from many threads ends once",
          "[WAK-8][THR-2]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("cancel from many threads");
    stress::loop on;
    on.start(2);
    for (uint64_t round = 0; round < stress::rounds(400); round++) {
      stress::gate waits(round % 2 ? stress::answer::raise
                                   : stress::answer::swallow);
      stress::ending end;
      baton_task *task = nullptr;
      value self = waits.coroutine();
      REQUIRE(baton_start(self.get(), &on, stress::ending::record, &end,
                          &task) == BATON_OK);
      stress::on_threads(4, [&](uint32_t index) {
        for (int i = 0; i < 3; i++) {
          value error(baton_error_new(BATON_ERROR_CANCELLED, "stop"));
          int32_t status = baton_task_cancel(task, error.get());
          if (status != BATON_OK && status != BATON_INVALID_STATE) std::abort();
          waits.wake_now();
        }
        if (index == 3) waits.open(1);
      });
      end.wait();
      baton_task_release(task);
      REQUIRE(end.times() == 1);
      REQUIRE((end.status == BATON_RETURN || end.status == BATON_ERROR));
    }
    on.stop();
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("a suspended coroutine may move to another thread at each wake",
          "[THR-2][THR-3]") {
  stress::balance balance;
  {
    stress::watchdog watchdog("moving");
    stress::loop on;
    on.start(4);
    uint64_t plain = 0; /* written by each poll, on whichever thread */
    const uint64_t polls = stress::rounds(20000);
    value self =
        script::make([&](baton_context *cx, baton_value *, baton_value *out) {
          stress::wake_by_ref(cx->waker);
          if (++plain < polls) return BATON_PENDING;
          *out = baton_from_u64(plain);
          return BATON_RETURN;
        });
    value outer = awaiting(awaiting(std::move(self)));
    stress::ending end;
    REQUIRE(baton_start(outer.get(), &on, stress::ending::record, &end,
                        nullptr) == BATON_OK);
    end.wait();
    CHECK(end.result.payload.i64 == static_cast<int64_t>(polls));
    on.stop();
  }
  CHECK(balance.change() == 0);
}
