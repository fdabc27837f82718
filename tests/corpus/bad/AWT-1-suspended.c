/* SPDX-License-Identifier: MIT */
/* The awaiting coroutine counts as suspended while am_await is applied. */
#define HAND_RUN bad_run
#define HAND_ATTACH bad_attach
#include "../good/hand/hand.c"

static hand *bad_running;

static int32_t bad_run(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  hand *above = bad_running;
  bad_running = hand_of(self);
  int32_t status = hand_run(self, cx, op, in, out);
  bad_running = above;
  return status;
}

static int32_t bad_attach(hand_child *child, baton_context *cx,
                          baton_value *value, baton_value *out) {
  if (!bad_running) return hand_attach(child, cx, value, out);
  atomic_store(&bad_running->state, BATON_SUSPENDED);
  int32_t status = hand_attach(child, cx, value, out);
  atomic_store(&bad_running->state, BATON_RUNNING);
  return status;
}
