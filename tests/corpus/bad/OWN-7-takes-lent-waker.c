/* SPDX-License-Identifier: MIT */
/* The waker of a context is dropped as if it were a clone. */
#define HAND_KEEP_WAKER bad_keep_waker
#include "../good/hand/hand.c"

static int32_t bad_keep_waker(hand_nap_state *nap, const baton_context *cx) {
  static atomic_int calls;
  int32_t status = hand_keep_waker(nap, cx);
  if (cx->waker && atomic_fetch_add(&calls, 1) == 0)
    cx->waker->methods->drop(cx->waker);
  return status;
}
