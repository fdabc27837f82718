/* SPDX-License-Identifier: MIT */
/* The waker of each call is cloned, also if it is the clone that is kept. */
#define HAND_KEEP_WAKER bad_keep_waker
#include "../good/hand/hand.c"

static int32_t bad_keep_waker(hand_nap_state *nap, const baton_context *cx) {
  const baton_waker *clone = NULL;
  if (cx->waker && cx->waker->methods->clone(cx->waker, &clone) == BATON_OK)
    clone->methods->drop(clone);
  return hand_keep_waker(nap, cx);
}
