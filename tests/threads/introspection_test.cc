/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "support/stress_rounds.h"
#include "support/stress_threads.h"
#include "support/stress_values.h"

/* Looking at a chain, and at errors, from a thread that does not drive. */

using stress::outcome;
using stress::value;

namespace {

struct frame {
  baton_value child;
  uint32_t left;
};

/* Awaits its child if it has one; otherwise yields `left` times. */
int32_t BATON_CALL step(const baton_value *self, baton_context *, uint32_t op,
                        baton_value *in, baton_value *out) {
  frame *own = static_cast<frame *>(baton_coro_frame(self));
  if (op == BATON_OP_THROW) {
    *out = baton_take(in);
    return BATON_ERROR;
  }
  if (!baton_is_none(&own->child)) {
    *out = baton_take(&own->child);
    return BATON_AWAIT;
  }
  if (own->left == 0) return BATON_RETURN;
  own->left--;
  return BATON_YIELD;
}

value link(uint16_t flags, value child, uint32_t left = 0) {
  static const baton_body plain =
      stress::body_with_values<frame>("link", step, 0, 1);
  static const baton_body shared =
      stress::body_with_values<frame>("link", step, 0, 1, BATON_BODY_SHARED);
  value made = stress::coroutine(flags ? shared : plain);
  stress::frame_of<frame>(made).child = child.take();
  stress::frame_of<frame>(made).left = left;
  return made;
}

/* Builds chains and drives them to their end, while another thread asks
 * `look` about the middle link, which it holds. */
template <class Look>
void look_while_driven(uint16_t flags, Look look) {
  for (uint64_t round = 0; round < stress::rounds(300); round++) {
    value leaf = link(flags, value(), 20);
    value mid = link(flags, std::move(leaf));
    value held = mid.copy();
    value outer = link(flags, std::move(mid));
    stress::barrier meet(2);
    stress::event over;
    std::thread other([&] {
      meet.meet();
      while (!over.is_set()) look(held);
    });
    meet.meet();
    while (stress::send(outer).status == BATON_YIELD) {
    }
    outer.drop();
    over.set();
    other.join();
  }
}

const baton_introspect *table_of(const value &self) {
  return static_cast<const baton_introspect *>(
      baton_find(self.get(), BATON_EXT_INTROSPECT));
}

}  // namespace

TEST_CASE("the state of a shared link is told to any thread", "[INT-1]") {
  stress::balance balance;
  uint64_t wrong = 0;
  auto look = [&wrong](const value &self) {
    uint32_t state = 99;
    if (table_of(self)->state(self.get(), &state) != BATON_OK ||
        state > BATON_CLOSED)
      wrong++;
  };
  look_while_driven(BATON_BODY_SHARED, look);
  CHECK(wrong == 0);
  CHECK(balance.change() == 0);
}

TEST_CASE("what a shared link awaits is told to any thread, or BUSY",
          "[INT-1][LNK-4]") {
  stress::balance balance;
  uint64_t wrong = 0;
  look_while_driven(BATON_BODY_SHARED, [&wrong](const value &self) {
    value child, parent;
    int32_t status = table_of(self)->delegated_to(self.get(), child.get());
    if (status != BATON_OK && status != BATON_BUSY) wrong++;
    status = table_of(self)->returns_to(self.get(), parent.get());
    if (status != BATON_OK && status != BATON_BUSY &&
        status != BATON_UNSUPPORTED)
      wrong++;
  });
  CHECK(wrong == 0);
  CHECK(balance.change() == 0);
}

TEST_CASE("several threads may read and extend one error", "[ERR-4]") {
  stress::balance balance;
  for (uint64_t round = 0; round < stress::rounds(50); round++) {
    value error(baton_error_new(BATON_ERROR_KEY, "shared %d", 1));
    std::vector<value> copies;
    for (int i = 0; i < 4; i++) copies.push_back(error.copy());
    std::vector<uint64_t> wrong(4);
    stress::on_threads(4, [&](uint32_t index) {
      const baton_error_methods *methods =
          copies[index].get()->head.type->as_error;
      std::string name = "thread " + std::to_string(index);
      baton_frame added = {"c", name.c_str(), "file", index, 0};
      for (int i = 0; i < 40; i++) {
        baton_frame frames[2 * BATON_FRAMES_KEPT];
        uint32_t kept = 0;
        uint64_t elided = 0;
        methods->add_frame(copies[index].get(), &added);
        methods->frames(copies[index].get(), frames, 2 * BATON_FRAMES_KEPT,
                        &kept, &elided);
        if (kept > 2 * BATON_FRAMES_KEPT || kept + elided == 0) wrong[index]++;
        if (copies[index].message() != "shared 1") wrong[index]++;
      }
      copies[index].drop();
    });
    for (uint64_t count : wrong) REQUIRE(count == 0);
    baton_frame frames[2 * BATON_FRAMES_KEPT];
    uint32_t kept = 0;
    uint64_t elided = 0;
    error.get()->head.type->as_error->frames(
        error.get(), frames, 2 * BATON_FRAMES_KEPT, &kept, &elided);
    REQUIRE(kept == 2 * BATON_FRAMES_KEPT);
    REQUIRE(kept + elided == 160);
  }
  CHECK(balance.change() == 0);
}

TEST_CASE("the strings of a frame live as long as the error is held",
          "[ERR-3][OWN-7]") {
  value error(baton_error_new(BATON_ERROR_KEY, "long"));
  const baton_error_methods *methods = error.get()->head.type->as_error;
  auto add = [&](int number) {
    std::string name = "function " + std::to_string(number);
    baton_frame added = {"c", name.c_str(), "file", 1, 0};
    REQUIRE(methods->add_frame(error.get(), &added) == BATON_OK);
  };
  for (int i = 0; i < 64; i++) add(i);
  baton_frame frames[2 * BATON_FRAMES_KEPT];
  uint32_t kept = 0;
  uint64_t elided = 0;
  methods->frames(error.get(), frames, 2 * BATON_FRAMES_KEPT, &kept, &elided);
  for (int i = 64; i < 80; i++) add(i);
  for (int i = 0; i < 64; i++)
    CHECK(frames[i].function == "function " + std::to_string(i));
}
