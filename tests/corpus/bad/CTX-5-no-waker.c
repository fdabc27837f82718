/* SPDX-License-Identifier: MIT */
/* What is awaited is told that PENDING is accepted, and gets no waker. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  const baton_waker *waker = cx->waker;
  if (child->handle.head.type->provider != &HAND_PROVIDER) cx->waker = NULL;
  int32_t status = hand_call_child(child, cx, op, in, out);
  cx->waker = waker;
  return status;
}
