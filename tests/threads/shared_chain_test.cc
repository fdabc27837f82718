/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/stress_objects.h"
#include "support/stress_rounds.h"
#include "support/stress_threads.h"
#include "support/stress_values.h"

/* Several threads at one chain of shared links. */

using stress::outcome;
using stress::value;

namespace {

/* Yields 1, 2, ... `last`, then returns -2; keeps count of what it gave. With
 * `stubborn` set it answers the first errors with one more yield. */
struct counter {
  uint64_t last = 0;
  uint64_t stubborn = 0;
  uint64_t given = 0; /* not atomic: the guard orders it */
  std::atomic<uint32_t> inside{0};
  std::atomic<uint32_t> overlaps{0};
};

int32_t BATON_CALL count_up(const baton_value *self, baton_context *,
                            uint32_t op, baton_value *in, baton_value *out) {
  counter *own = *static_cast<counter **>(baton_coro_frame(self));
  int32_t status = BATON_YIELD;
  if (own->inside.fetch_add(1) != 0) own->overlaps++;
  if (op == BATON_OP_THROW && own->stubborn == 0) {
    *out = baton_take(in);
    status = BATON_ERROR;
  } else if (own->given == own->last) {
    *out = baton_from_i64(-2);
    status = BATON_RETURN;
  } else {
    if (op == BATON_OP_THROW) own->stubborn--;
    *out = baton_from_i64(static_cast<int64_t>(++own->given));
  }
  own->inside.fetch_sub(1);
  return status;
}

int32_t BATON_CALL await_child(const baton_value *self, baton_context *,
                               uint32_t op, baton_value *in, baton_value *out) {
  baton_value *child = static_cast<baton_value *>(baton_coro_frame(self));
  if (op == BATON_OP_SEND && !baton_is_none(child)) {
    *out = baton_take(child);
    return BATON_AWAIT;
  }
  *out = baton_take(in);
  return op == BATON_OP_SEND ? BATON_RETURN : BATON_ERROR;
}

value counting(counter &own) {
  static const baton_body body =
      stress::body_of<counter *>("counting", count_up, BATON_BODY_SHARED);
  value made = stress::coroutine(body);
  stress::frame_of<counter *>(made) = &own;
  return made;
}

value awaiting(value child) {
  static const baton_body body = stress::body_with_values<baton_value>(
      "awaiting", await_child, 0, 1, BATON_BODY_SHARED);
  value made = stress::coroutine(body);
  stress::frame_of<baton_value>(made) = child.take();
  return made;
}

/* What one thread got from its calls. */
struct tally {
  std::vector<int64_t> got;
  uint64_t busy = 0;
  uint64_t errors = 0;
  uint64_t other = 0;

  void add(const outcome &one) {
    if (one.status == BATON_YIELD || one.status == BATON_RETURN)
      got.push_back(one.out.number());
    else if (one.status == BATON_BUSY)
      busy++;
    else if (one.status == BATON_ERROR)
      errors++;
    else if (one.status != BATON_INVALID_STATE)
      other++;
  }
};

/* Each number from 1 to `last` exactly once, in all tallies together. */
void check_delivery(const std::vector<tally> &tallies, uint64_t last,
                    bool some_may_miss = false) {
  std::vector<uint32_t> times(static_cast<size_t>(last) + 1);
  for (const tally &one : tallies) {
    REQUIRE(one.other == 0);
    for (int64_t number : one.got) {
      if (number < 0) continue;
      REQUIRE(number <= static_cast<int64_t>(last));
      times[static_cast<size_t>(number)]++;
    }
  }
  for (size_t i = 1; i < times.size(); i++)
    if (some_may_miss)
      REQUIRE(times[i] <= 1);
    else
      REQUIRE(times[i] == 1);
}

}  // namespace

TEST_CASE("three threads drive one root: each result comes once",
          "[THR-5][COR-4][LNK-4]") {
  stress::balance balance;
  {
    counter own;
    own.last = stress::rounds(60000);
    value outer = awaiting(awaiting(counting(own)));
    std::vector<tally> tallies(3);
    stress::barrier meet(3);
    stress::on_threads(3, [&](uint32_t index) {
      meet.meet();
      for (;;) {
        outcome one = stress::send(outer);
        tallies[index].add(one);
        if (one.status == BATON_INVALID_STATE ||
            (one.status == BATON_RETURN && one.out.number() == -2))
          return;
      }
    });
    check_delivery(tallies, own.last);
    CHECK(own.overlaps == 0);
    CHECK(own.given == own.last);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("three threads at outer, middle and leaf: only the root is driven",
          "[THR-5][LNK-4][LNK-12]") {
  stress::balance balance;
  for (uint64_t round = 0; round < stress::rounds(200); round++) {
    counter own;
    own.last = 50;
    value leaf = counting(own);
    value mid = awaiting(leaf.copy());
    value outer = awaiting(mid.copy());
    const value *links[3] = {&outer, &mid, &leaf};
    std::vector<tally> tallies(3);
    stress::barrier meet(3);
    stress::event over;
    /* Whoever comes first drives what it has: outer then awaits a link that
     * another thread runs, or one that has been started. */
    stress::on_threads(3, [&](uint32_t index) {
      meet.meet();
      for (int calls = 0; !over.is_set() || calls == 0; calls++) {
        outcome one = stress::send(*links[index]);
        tallies[index].add(one);
        if (index == 0 &&
            (one.status == BATON_INVALID_STATE || one.status == BATON_ERROR ||
             (one.status == BATON_RETURN)))
          over.set();
      }
    });
    /* The rest, on this thread, whatever hangs where now. */
    tally rest;
    for (int i = 2; i >= 0; i--)
      while (true) {
        outcome one = stress::send(*links[2 - i]);
        rest.add(one);
        if (one.status != BATON_YIELD) break;
      }
    tallies.push_back(std::move(rest));
    check_delivery(tallies, own.last);
    REQUIRE(own.overlaps == 0);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("the outer link is dropped while two threads want the others",
          "[THR-5][LNK-4][LNK-12][TYP-6]") {
  stress::balance balance;
  stress::hooks hooks;
  for (uint64_t round = 0; round < stress::rounds(1500); round++) {
    counter own;
    own.last = 40;
    own.stubborn = round % 3 == 2 ? 1 : 0;
    value leaf = counting(own);
    value mid = awaiting(leaf.copy());
    value outer = awaiting(mid.copy());
    std::vector<tally> tallies(3);
    stress::barrier meet(3);
    stress::event over;
    stress::on_threads(3, [&](uint32_t index) {
      value held = index == 0   ? std::move(outer)
                   : index == 1 ? mid.copy()
                                : leaf.copy();
      if (index == 0)
        for (int i = 0; i < 3; i++) tallies[0].add(stress::send(held));
      meet.meet();
      if (index == 0) {
        for (uint64_t i = 0; i < round % 5; i++)
          tallies[0].add(stress::send(held));
        held.drop(); /* the last reference, suspended */
        over.set();
        return;
      }
      for (int calls = 0; !over.is_set() || calls < 10; calls++)
        tallies[index].add(stress::send(held));
    });
    mid.drop();
    REQUIRE(own.overlaps == 0);
    /* A stubborn leaf lives on without those above it. */
    if (round % 3 == 2) {
      tally rest;
      for (;;) {
        outcome one = stress::send(leaf);
        rest.add(one);
        if (one.status != BATON_YIELD) break;
      }
      tallies.push_back(std::move(rest));
      REQUIRE(own.given == own.last);
      /* The yield that answered generator-exit went to nobody. */
      check_delivery(tallies, own.last, true);
    } else {
      REQUIRE(stress::send(leaf).status == BATON_INVALID_STATE);
      check_delivery(tallies, own.given);
    }
    if (round % 3 == 2)
      REQUIRE(hooks.last_error.message() == "coroutine ignored GeneratorExit");
  }
  hooks.last_error.drop();
  CHECK(balance.change() == 0);
}

TEST_CASE("sends, throws and closes of many threads leave nothing behind",
          "[THR-5][COR-4][COR-12]") {
  stress::balance balance;
  stress::hooks hooks;
  for (uint64_t round = 0; round < stress::rounds(1000); round++) {
    counter own;
    own.last = 30;
    own.stubborn = 2;
    value outer = awaiting(awaiting(counting(own)));
    std::vector<tally> tallies(4);
    std::vector<uint64_t> lost(4);
    stress::barrier meet(4);
    stress::on_threads(4, [&](uint32_t index) {
      value held = outer.copy();
      meet.meet();
      for (int i = 0; i < 12; i++) {
        if (index == 0 && i % 4 == 3) {
          value thing = stress::thing::make();
          baton_context cx = stress::context();
          baton_value out = baton_none();
          int32_t status = baton_send(held.get(), &cx, thing.get(), &out);
          /* A refusal leaves it where it was. */
          if (baton_is_refusal(status) && thing.is_none()) lost[index]++;
          outcome one = {status, value(out)};
          if (status != BATON_ERROR || one.out.kind() != BATON_ERROR_TYPE)
            tallies[index].add(one);
        } else if (index == 1 && i % 6 == 5) {
          tallies[index].add(
              stress::throw_into(held, baton_from_kind(BATON_ERROR_VALUE)));
        } else if (index == 2 && i == 11) {
          tallies[index].add(stress::close(held));
        } else {
          tallies[index].add(stress::send(held));
        }
      }
    });
    REQUIRE(own.overlaps == 0);
    for (uint64_t count : lost) REQUIRE(count == 0);
    check_delivery(tallies, own.given, true);
  }
  CHECK(stress::live_objects() == 0);
  hooks.last_error.drop();
  CHECK(balance.change() == 0);
}

TEST_CASE("two awaiters want one shared coroutine: one gets it",
          "[THR-5][LNK-4][LNK-9]") {
  stress::balance balance;
  stress::hooks hooks;
  for (uint64_t round = 0; round < stress::rounds(2000); round++) {
    counter own;
    own.last = 2;
    value leaf = counting(own);
    std::vector<value> outers;
    outers.push_back(awaiting(leaf.copy()));
    outers.push_back(awaiting(leaf.copy()));
    std::vector<outcome> firsts(2);
    stress::barrier meet(2);
    stress::on_threads(2, [&](uint32_t index) {
      meet.meet();
      firsts[index] = stress::send(outers[index]);
    });
    uint32_t winners = 0;
    for (const outcome &one : firsts) {
      if (one.status == BATON_YIELD) {
        winners++;
        continue;
      }
      REQUIRE(one.status == BATON_ERROR);
      bool known = one.out.message() == "coroutine already executing" ||
                   one.out.message() == "coroutine is being awaited already";
      INFO(one.out.message());
      REQUIRE(known);
    }
    REQUIRE(winners == 1);
    REQUIRE(own.given == 1);
  }
  hooks.last_error.drop();
  CHECK(balance.change() == 0);
}

TEST_CASE("the last of several releases on several threads ends the chain",
          "[TYP-6][TYP-7][COR-18]") {
  stress::balance balance;
  stress::hooks hooks;
  for (uint64_t round = 0; round < stress::rounds(1000); round++) {
    counter own;
    own.last = 5;
    value outer = awaiting(awaiting(counting(own)));
    stress::send(outer);
    std::vector<value> copies;
    for (int i = 0; i < 4; i++) copies.push_back(outer.copy());
    outer.drop();
    stress::barrier meet(4);
    stress::on_threads(4, [&](uint32_t index) {
      meet.meet();
      value again = copies[index].copy();
      copies[index].drop();
      again.drop();
    });
    REQUIRE(own.overlaps == 0);
  }
  CHECK(hooks.unraisable == 0);
  hooks.last_error.drop();
  CHECK(balance.change() == 0);
}
