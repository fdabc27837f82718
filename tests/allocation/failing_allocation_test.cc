/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <functional>
#include <string>

#include "support/place_bodies.h"

/* Each allocation of each scenario is made to fail in turn. Whatever happens,
 * it is a NO_MEMORY refusal or an error of kind no-memory, the scenario goes on
 * to its end, and nothing is lost. */

namespace {

/** Memory that runs out at the `fatal`-th allocation, once. */
struct Memory {
  uint64_t asked = 0;
  uint64_t fatal = UINT64_MAX;
  int64_t held = 0;

  static void *BATON_CALL allocate(void *arg, size_t size) {
    auto *self = static_cast<Memory *>(arg);
    if (self->asked++ == self->fatal) return nullptr;
    self->held++;
    return std::malloc(size);
  }
  static void BATON_CALL release(void *arg, void *block, size_t) {
    static_cast<Memory *>(arg)->held--;
    std::free(block);
  }
};

/** What a scenario met: no-memory in one of its forms, or something else. */
struct Report {
  uint64_t short_of_memory = 0;
  std::string wrong;

  /* @return whether the call did its work. */
  bool ok(int32_t status) {
    if (status == BATON_OK) return true;
    if (status == BATON_NO_MEMORY)
      short_of_memory++;
    else
      wrong += " status " + std::to_string(status);
    return false;
  }

  /* Takes the end of a coroutine, and its value. */
  void end(int32_t status, baton_value *out) {
    if (status == BATON_ERROR && baton_error_kind(out) == BATON_ERROR_NO_MEMORY)
      short_of_memory++;
    else if (status == BATON_NO_MEMORY)
      short_of_memory++;
    else if (status != expected)
      wrong += " end " + std::to_string(status);
    baton_drop(out);
  }

  int32_t expected = BATON_RETURN;
};

using Scenario = std::function<void(Report *)>;

place_frame *frame(const baton_value *self) {
  return static_cast<place_frame *>(baton_coro_frame(self));
}

baton_context context() {
  baton_context cx = {};
  cx.struct_size = sizeof cx;
  cx.abi_major = BATON_ABI_MAJOR;
  cx.abi_minor = BATON_ABI_MINOR;
  cx.accepts = BATON_ACCEPT_YIELD;
  return cx;
}

/* A body that awaits one that counts to three. */
bool make_chain(Report *report, const baton_body *inner, baton_value *out) {
  if (!report->ok(baton_coro_new(place_await, out))) return false;
  if (report->ok(baton_coro_new(inner, &frame(out)->part))) return true;
  baton_close(out, &frame(out)->extra);
  baton_drop(out);
  return false;
}

void drive(Report *report, const baton_value *self) {
  baton_context cx = context();
  baton_value out = baton_none();
  int32_t status;
  do {
    baton_value in = baton_none();
    baton_drop(&out);
    status = baton_send(self, &cx, &in, &out);
  } while (status == BATON_YIELD);
  report->end(status, &out);
}

void chain(Report *report) {
  baton_value made = baton_none();
  if (make_chain(report, place_sum, &made)) drive(report, &made);
  baton_drop(&made);
}

void chain_that_fails(Report *report) {
  baton_context cx = context();
  baton_value made = baton_none(), in = baton_none(), out = baton_none();
  if (make_chain(report, place_sum, &made)) {
    baton_send(&made, &cx, &in, &out);
    baton_drop(&out);
    baton_value error = baton_error_new(BATON_ERROR_KEY, "the key %d", 7);
    report->expected = BATON_ERROR;
    report->end(baton_throw(&made, &cx, &error, &out), &out);
    baton_drop(&error);
  }
  baton_drop(&made);
}

void misuse(Report *report) {
  baton_context cx = context();
  baton_value made = baton_none(), in = baton_from_i64(1), out = baton_none();
  if (!report->ok(baton_coro_new(place_sum, &made))) return;
  report->expected = BATON_ERROR;
  report->end(baton_send(&made, &cx, &in, &out), &out);
  baton_close(&made, &out);
  baton_drop(&made);
}

void closed_chain(Report *report) {
  baton_context cx = context();
  baton_value made = baton_none(), in = baton_none(), out = baton_none();
  if (make_chain(report, place_cleanup, &made)) {
    baton_send(&made, &cx, &in, &out);
    baton_drop(&out);
    report->expected = BATON_ERROR; /* its cleanup yields */
    report->end(baton_close(&made, &out), &out);
  }
  baton_drop(&made);
}

void async_iteration(Report *report) {
  baton_value made = baton_none();
  if (!report->ok(baton_coro_new(place_for, &made))) return;
  if (report->ok(baton_coro_new(place_items, &frame(&made)->part))) {
    frame(&frame(&made)->part)->total = 3;
    drive(report, &made);
  } else {
    baton_value out = baton_none();
    baton_close(&made, &out);
  }
  baton_drop(&made);
}

void group(Report *report) {
  baton_value children[3] = {baton_none(), baton_none(), baton_none()};
  baton_value made = baton_none(), out = baton_none();
  bool all = true;
  for (baton_value &child : children)
    all = all && make_chain(report, place_wait, &child);
  if (all &&
      report->ok(baton_group_new(BATON_GROUP_JOIN, children, 3, &made))) {
    baton_waker_methods methods = {
        sizeof methods,
        0,
        [](const baton_waker *self, const baton_waker **clone) {
          *clone = self;
          return static_cast<int32_t>(BATON_OK);
        },
        [](const baton_waker *) { return static_cast<int32_t>(BATON_OK); },
        [](const baton_waker *) { return static_cast<int32_t>(BATON_OK); },
        [](const baton_waker *) { return static_cast<int32_t>(BATON_OK); }};
    baton_waker waker = {&methods};
    baton_context cx = context();
    baton_value in = baton_none();
    cx.accepts |= BATON_ACCEPT_PENDING;
    cx.waker = &waker;
    int32_t status = baton_send(&made, &cx, &in, &out);
    if (status == BATON_PENDING)
      report->end(baton_close(&made, &out), &out);
    else
      report->end(status, &out);
  }
  for (baton_value &child : children) {
    baton_value ignored = baton_none();
    if (!baton_is_none(&child)) baton_close(&child, &ignored);
    baton_drop(&ignored);
    baton_drop(&child);
  }
  baton_drop(&made);
}

void block_on(Report *report) {
  baton_value made = baton_none(), out = baton_none();
  if (!report->ok(baton_coro_new(place_raise, &made))) return;
  report->expected = BATON_ERROR;
  int32_t status = baton_block_on(&made, &out);
  if (status == BATON_NO_MEMORY) baton_close(&made, &out);
  report->end(status, &out);
  baton_drop(&made);
}

struct Loop {
  baton_executor executor;
  baton_work *first;
  Report *report;
};

void task(Report *report) {
  Loop loop = {{sizeof(baton_executor), 0,
                [](baton_executor *self, baton_work *work) {
                  reinterpret_cast<Loop *>(self)->first = work;
                }},
               nullptr,
               report};
  baton_value made = baton_none();
  if (!make_chain(report, place_raise, &made)) return;
  report->expected = BATON_ERROR;
  int32_t status = baton_start(
      &made, &loop.executor,
      [](void *arg, int32_t end, baton_value *result) {
        static_cast<Report *>(arg)->end(end, result);
      },
      report, nullptr);
  if (report->ok(status)) {
    while (loop.first) {
      baton_work *work = loop.first;
      loop.first = nullptr;
      work->run(work);
    }
  } else {
    baton_value out = baton_none();
    baton_close(&made, &out);
  }
  baton_drop(&made);
}

void proxy(Report *report) {
  baton_value made = baton_none(), wrapped = baton_none(), out = baton_none();
  if (!make_chain(report, place_sum, &made)) return;
  if (report->ok(baton_debug_wrap(&made, nullptr, nullptr, &wrapped)))
    drive(report, &wrapped);
  else
    baton_close(&made, &out);
  baton_drop(&wrapped);
  baton_drop(&made);
}

void values(Report *report) {
  baton_value text = baton_none(), bytes = baton_none();
  report->ok(baton_text_new("text", 4, &text));
  report->ok(baton_bytes_new(nullptr, 4000, &bytes));
  baton_drop(&text);
  baton_drop(&bytes);
}

void frames(Report *report) {
  baton_value error = baton_error_new(BATON_ERROR_OS, "number %d", 5);
  baton_value cause = baton_error_new(BATON_ERROR_KEY, "%s", "why");
  std::string name = "a function";
  baton_error_set_cause(&error, &cause);
  for (int i = 0; i < 70 && baton_is_object(&error); i++) {
    baton_frame frame = {"c++", name.c_str(), "file", 1, 0};
    report->ok(error.head.type->as_error->add_frame(&error, &frame));
  }
  if (!baton_is_object(&error)) report->short_of_memory++;
  baton_drop(&error);
}

/* Runs a scenario with every allocation failing in turn. @return how many
 * there are. */
uint64_t sweep(const Scenario &scenario) {
  Memory memory;
  baton_allocator allocator = {Memory::allocate, Memory::release, &memory};
  baton_thread_flush();
  REQUIRE(baton_set_allocator(&allocator) == BATON_OK);
  for (uint64_t n = 0;; n++) {
    Report report;
    memory.asked = 0;
    memory.fatal = n;
    scenario(&report);
    bool reached = memory.asked > n;
    baton_thread_flush();
    INFO("allocation " << n << " of the scenario fails");
    CHECK(report.wrong == "");
    CHECK(memory.held == 0);
    if (!reached) {
      CHECK(report.short_of_memory == 0);
      REQUIRE(baton_set_allocator(nullptr) == BATON_OK);
      return n;
    }
  }
}

}  // namespace

TEST_CASE("a failed allocation is no-memory, and nothing is lost",
          "[ERR-1][OWN-4][COR-12]") {
  baton_set_unraisable_hook(
      [](void *, const baton_value *, const baton_value *) {}, nullptr);
  baton_set_unawaited_hook([](void *, const baton_value *) {}, nullptr);
  CHECK(sweep(chain) >= 2);
  CHECK(sweep(chain_that_fails) >= 4);
  CHECK(sweep(misuse) >= 2);
  CHECK(sweep(closed_chain) >= 3);
  CHECK(sweep(async_iteration) >= 3);
  CHECK(sweep(group) >= 7);
  CHECK(sweep(block_on) >= 2);
  CHECK(sweep(task) >= 3);
  CHECK(sweep(proxy) >= 3);
  CHECK(sweep(values) >= 2);
  CHECK(sweep(frames) >= 70);
  baton_set_unraisable_hook(nullptr, nullptr);
  baton_set_unawaited_hook(nullptr, nullptr);
}
