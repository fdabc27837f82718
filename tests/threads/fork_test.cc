/* SPDX-License-Identifier: MIT */
#include <baton/runtime.h>

#include <catch2/catch_test_macros.hpp>

#include "support/stress_gate.h"
#include "support/stress_objects.h"
#include "support/stress_threads.h"
#include "support/stress_values.h"

using stress::accept_all;
using stress::context;
using stress::value;

TEST_CASE("the child of a fork may release what it got", "[THR-7][TYP-6]") {
  stress::hooks hooks;
  stress::gate waits, never, owned;
  stress::counting_waker waker;
  value suspended = waits.coroutine(), created = never.coroutine(), affine;
  value error(baton_error_new(BATON_ERROR_KEY, "an error"));
  stress::send(suspended, context(accept_all, &waker));
  baton_value children[1] = {stress::gate().coroutine().take()};
  value group;
  REQUIRE(baton_group_new(BATON_GROUP_JOIN, children, 1, group.get()) ==
          BATON_OK);
  stress::event made, leave;
  std::thread owner([&] {
    affine = owned.coroutine(BATON_BODY_AFFINE);
    made.set();
    leave.wait();
    baton_thread_flush();
  });
  made.wait();
  CHECK(stress::in_child_process([&] {
    suspended.drop();
    created.drop();
    affine.drop();
    error.drop();
    group.drop();
    baton_thread_flush();
  }));
  /* The parent's are as they were. */
  CHECK(stress::state_of(suspended) == BATON_SUSPENDED);
  CHECK(waits.exits == 0);
  waits.open(1);
  CHECK(stress::send(suspended, context(accept_all, &waker)).out.number() == 1);
  affine.drop();
  leave.set();
  owner.join();
}
