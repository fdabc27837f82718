/* SPDX-License-Identifier: MIT */
/* A second wake before the resume makes the driver give up. */
#define HAND_CREATE_RUN bad_create_run
#define HAND_BELL_WAKE_BY_REF bad_bell_wake_by_ref
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static atomic_int bad_wakes;

static int32_t BATON_CALL bad_create_run(const baton_export *self,
                                         baton_context *cx,
                                         baton_value *arguments, uint64_t count,
                                         baton_value *out) {
  atomic_store(&bad_wakes, 0);
  return hand_create_run(self, cx, arguments, count, out);
}

static int32_t BATON_CALL bad_bell_wake_by_ref(const baton_waker *self) {
  atomic_fetch_add(&bad_wakes, 1);
  return hand_bell_wake_by_ref(self);
}

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  if (op != BATON_OP_SEND || atomic_exchange(&bad_wakes, 0) < 2)
    return hand_call_child(child, cx, op, in, out);
  *out = hand_error_say(BATON_ERROR_RUNTIME, "woken twice");
  return BATON_ERROR;
}
