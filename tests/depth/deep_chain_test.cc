/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <string>

#include "support/place_bodies.h"
#include "support/process.h"

/* Chains far deeper than a C stack, on a thread with 256 KiB of it (S14). */

namespace {

constexpr size_t small_stack = 256 * 1024;

/* BATON_DEPTH makes it less where a million takes too long, as under memcheck.
 */
int depth() {
  const char *set = std::getenv("BATON_DEPTH");
  return set ? std::atoi(set) : 1000000;
}

baton_context context() {
  baton_context cx = {};
  cx.struct_size = sizeof cx;
  cx.abi_major = BATON_ABI_MAJOR;
  cx.abi_minor = BATON_ABI_MINOR;
  cx.accepts = BATON_ACCEPT_YIELD;
  return cx;
}

place_frame *frame(const baton_value *self) {
  return static_cast<place_frame *>(baton_coro_frame(self));
}

/* What a thread found: Catch2's macros stay on the main thread. */
struct found {
  bool made = false;
  int32_t first = -99, again = -99, last = -99;
  int64_t yielded = -1;
  baton_value out = baton_none();
  int64_t cleanups = 0;
  uint64_t blocks = 0;
  int unawaited = 0;
};

bool make_chain(baton_value *out, int links, found *result) {
  if (baton_coro_new(place_sum, out) != BATON_OK) return false;
  frame(out)->cleanups = &result->cleanups;
  for (int i = 1; i < links; i++) {
    baton_value outer;
    if (baton_coro_new(place_await, &outer) != BATON_OK) return false;
    frame(&outer)->part = baton_take(out);
    frame(&outer)->cleanups = &result->cleanups;
    *out = outer;
  }
  return true;
}

int32_t send(const baton_value *chain, int64_t number, found *result) {
  baton_context cx = context();
  baton_value in = number ? baton_from_i64(number) : baton_none();
  baton_drop(&result->out);
  return baton_send(chain, &cx, &in, &result->out);
}

/* Makes a chain, starts it, and lets `act` do the rest, on a small stack. */
template <typename Act>
found deep(Act act) {
  found result;
  baton_counters before, after;
  baton_thread_flush();
  baton_read_counters(&before);
  baton_set_unawaited_hook(
      [](void *arg, const baton_value *) {
        static_cast<found *>(arg)->unawaited++;
      },
      &result);
  support::on_stack(small_stack, [&] {
    baton_value chain = baton_none();
    result.made = make_chain(&chain, depth(), &result);
    if (result.made) act(&chain, &result);
    baton_drop(&chain);
  });
  baton_set_unawaited_hook(nullptr, nullptr);
  baton_read_counters(&after);
  result.blocks = after.blocks - before.blocks;
  REQUIRE(result.made);
  return result;
}

}  // namespace

TEST_CASE("a million links are resumed, and return, on a small stack",
          "[LNK-5][LNK-17]") {
  found result = deep([](const baton_value *chain, found *seen) {
    seen->first = send(chain, 0, seen);
    seen->yielded = seen->out.payload.i64;
    send(chain, 5, seen);
    send(chain, 6, seen);
    seen->last = send(chain, 7, seen);
  });
  CHECK(result.first == BATON_YIELD);
  CHECK(result.yielded == 0);
  CHECK(result.last == BATON_RETURN);
  CHECK(result.out.head.tag == BATON_TAG_I64);
  CHECK(result.out.payload.i64 == 18);
  CHECK(result.cleanups == depth());
  CHECK(result.blocks == 0);
}

TEST_CASE("an error passes a million links and keeps 64 frames",
          "[LNK-17][ERR-3]") {
  found result = deep([](const baton_value *chain, found *seen) {
    baton_context cx = context();
    baton_value error = baton_error_new(BATON_ERROR_VALUE, "deep");
    seen->first = send(chain, 0, seen);
    baton_drop(&seen->out);
    seen->last = baton_throw(chain, &cx, &error, &seen->out);
    baton_drop(&error);
  });
  CHECK(result.first == BATON_YIELD);
  REQUIRE(result.last == BATON_ERROR);
  CHECK(result.cleanups == depth());
  baton_frame frames[2 * BATON_FRAMES_KEPT];
  uint32_t kept = 0;
  uint64_t elided = 0;
  result.out.head.type->as_error->frames(&result.out, frames,
                                         2 * BATON_FRAMES_KEPT, &kept, &elided);
  CHECK(kept == 2 * BATON_FRAMES_KEPT);
  CHECK(kept + elided == static_cast<uint64_t>(depth()));
  CHECK(std::string(frames[0].function) == "sum");
  CHECK(std::string(frames[kept - 1].function) == "await");
  baton_drop(&result.out);
}

TEST_CASE("a million links are closed, the innermost first",
          "[LNK-17][COR-8]") {
  found result = deep([](const baton_value *chain, found *seen) {
    seen->first = send(chain, 0, seen);
    baton_drop(&seen->out);
    seen->last = baton_close(chain, &seen->out);
    seen->again = send(chain, 0, seen);
  });
  CHECK(result.first == BATON_YIELD);
  CHECK(result.last == BATON_RETURN);
  CHECK(result.again == BATON_INVALID_STATE);
  CHECK(result.cleanups == depth());
  CHECK(result.blocks == 0);
}

TEST_CASE("a suspended chain of a million links is released", "[LNK-17]") {
  found result = deep([](const baton_value *chain, found *seen) {
    seen->first = send(chain, 0, seen);
    baton_drop(&seen->out);
  });
  CHECK(result.first == BATON_YIELD);
  CHECK(result.cleanups == depth());
  CHECK(result.blocks == 0);
}

TEST_CASE("a million coroutines that hold one another are released unstarted",
          "[LNK-17][COR-19]") {
  found result = deep([](const baton_value *, found *) {});
  CHECK(result.cleanups == 0);
  CHECK(result.unawaited == depth());
  CHECK(result.blocks == 0);
}
