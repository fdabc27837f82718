/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <thread>

#include "support/place_bodies.h"
#include "support/stress_threads.h"

/* Foreign code may do anything with the library, on any thread, and wait for
 * it: so no lock of the library is held around it. Each case would hang. */

namespace {

/* How often a body ran, and what it did about its wake. */
struct Waits {
  std::atomic<int> runs{0};
  std::atomic<int> inside{0};
  bool resumed_inside = false;
};

struct Frame {
  Waits *waits;
};

/* Has another thread wake it, and waits for that thread, while it runs. */
int32_t BATON_CALL wait_for_the_waking(const baton_value *self,
                                       baton_context *cx, uint32_t op,
                                       baton_value *in, baton_value *out) {
  Waits *waits = static_cast<Frame *>(baton_coro_frame(self))->waits;
  const baton_waker *clone = nullptr;
  if (op == BATON_OP_THROW) {
    *out = baton_take(in);
    return BATON_ERROR;
  }
  if (waits->inside++) waits->resumed_inside = true;
  if (++waits->runs < 3) {
    cx->waker->methods->clone(cx->waker, &clone);
    std::thread([clone] { clone->methods->wake(clone); }).join();
    cx->waker->methods->wake_by_ref(cx->waker);
    waits->inside--;
    return BATON_PENDING;
  }
  waits->inside--;
  return BATON_RETURN;
}

baton_body body_of(decltype(baton_body::resume) resume, uint16_t flags) {
  baton_body body = {};
  body.struct_size = sizeof body;
  body.kind = BATON_KIND_COROUTINE;
  body.flags = flags;
  body.frame_size = sizeof(Frame);
  body.name = "waiter";
  body.resume = resume;
  return body;
}

const baton_body waiter = body_of(wait_for_the_waking, 0);

baton_value make_waiter(Waits *waits) {
  baton_value made = baton_none();
  REQUIRE(baton_coro_new(&waiter, &made) == BATON_OK);
  static_cast<Frame *>(baton_coro_frame(&made))->waits = waits;
  return made;
}

/* Uses much of the library on a thread of its own, and waits for it. */
void use_elsewhere() {
  std::thread([] {
    baton_value made = baton_none(), out = baton_none();
    baton_coro_new(place_sum, &made);
    baton_close(&made, &out);
    baton_drop(&made);
    baton_value error = baton_error_new(BATON_ERROR_KEY, "elsewhere");
    baton_drop(&error);
    baton_thread_flush();
  }).join();
}

}  // namespace

TEST_CASE("a waker takes no lock that a running body may hold",
          "[WAK-2][WAK-3]") {
  stress::watchdog watchdog("a waker waits for the body that it wakes");
  Waits alone;
  baton_value one = make_waiter(&alone), out = baton_none();
  CHECK(baton_block_on(&one, &out) == BATON_RETURN);
  CHECK(alone.runs == 3);
  CHECK_FALSE(alone.resumed_inside);
  baton_drop(&one);

  Waits first, second;
  baton_value children[] = {make_waiter(&first), make_waiter(&second)};
  baton_value group = baton_none();
  REQUIRE(baton_group_new(BATON_GROUP_JOIN, children, 2, &group) == BATON_OK);
  CHECK(baton_block_on(&group, &out) == BATON_RETURN);
  CHECK(first.runs == 3);
  CHECK(second.runs == 3);
  CHECK_FALSE(first.resumed_inside);
  baton_drop(&group);
}

TEST_CASE("hooks may wait for other threads that use the library", "[THR-6]") {
  stress::watchdog watchdog("a hook is called under a lock");
  int called = 0;
  baton_set_unawaited_hook(
      [](void *arg, const baton_value *) {
        ++*static_cast<int *>(arg);
        use_elsewhere();
      },
      &called);
  baton_set_unraisable_hook(
      [](void *arg, const baton_value *, const baton_value *) {
        ++*static_cast<int *>(arg);
        use_elsewhere();
      },
      &called);
  baton_value made = baton_none(), out = baton_none();
  REQUIRE(baton_coro_new(place_sum, &made) == BATON_OK);
  baton_drop(&made);
  REQUIRE(baton_coro_new(place_cleanup, &made) == BATON_OK);
  baton_context cx = {};
  cx.struct_size = sizeof cx;
  cx.accepts = BATON_ACCEPT_YIELD;
  baton_value in = baton_none();
  CHECK(baton_send(&made, &cx, &in, &out) == BATON_YIELD);
  baton_drop(&out);
  baton_drop(&made); /* its cleanup yields: an error that nobody can take */
  CHECK(called == 2);
  baton_set_unawaited_hook(nullptr, nullptr);
  baton_set_unraisable_hook(nullptr, nullptr);
}

TEST_CASE("what waits for its thread is released under no lock", "[THR-6]") {
  stress::watchdog watchdog("a deferred release runs under a lock");
  baton_body affine = body_of(wait_for_the_waking, BATON_BODY_AFFINE);
  affine.drop = [](void *) { use_elsewhere(); };
  baton_value made = baton_none();
  baton_set_unawaited_hook([](void *, const baton_value *) {}, nullptr);
  REQUIRE(baton_coro_new(&affine, &made) == BATON_OK);
  std::thread([&made] { baton_drop(&made); }).join();
  baton_thread_flush();
  baton_set_unawaited_hook(nullptr, nullptr);
  baton_counters counters;
  baton_read_counters(&counters);
  CHECK(counters.leaked == 0);
}

TEST_CASE("an executor may wait for other threads that use the library",
          "[THR-6]") {
  stress::watchdog watchdog("work is posted under a lock");
  struct Loop {
    baton_executor executor;
    baton_work *first;
    int posted, done;
  } loop = {{sizeof(baton_executor), 0,
             [](baton_executor *self, baton_work *work) {
               Loop *own = reinterpret_cast<Loop *>(self);
               own->posted++;
               own->first = work;
               use_elsewhere();
             }},
            nullptr,
            0,
            0};
  Waits waits;
  baton_value made = make_waiter(&waits);
  REQUIRE(baton_start(
              &made, &loop.executor,
              [](void *arg, int32_t status, baton_value *) {
                static_cast<Loop *>(arg)->done += status == BATON_RETURN;
                use_elsewhere();
              },
              &loop, nullptr) == BATON_OK);
  while (loop.first) {
    baton_work *work = loop.first;
    loop.first = nullptr;
    work->run(work);
  }
  CHECK(loop.done == 1);
  CHECK(loop.posted == 3);
}
