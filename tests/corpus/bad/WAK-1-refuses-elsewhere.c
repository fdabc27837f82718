/* SPDX-License-Identifier: MIT */
/* A wake on another thread than the driver's is refused, and heard later. */
#define HAND_CALL_CHILD bad_call_child
#define HAND_BELL_WAKE_BY_REF bad_bell_wake_by_ref
#include "../good/hand/hand.c"

static pthread_t bad_driver;

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  bad_driver = pthread_self();
  return hand_call_child(child, cx, op, in, out);
}

static int32_t BATON_CALL bad_bell_wake_by_ref(const baton_waker *self) {
  hand_bell_wake_by_ref(self);
  return pthread_equal(bad_driver, pthread_self()) ? BATON_OK
                                                   : BATON_WRONG_THREAD;
}
