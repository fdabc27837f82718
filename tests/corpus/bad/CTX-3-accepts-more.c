/* SPDX-License-Identifier: MIT */
/* What is awaited is told that every suspension is accepted. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  uint32_t accepts = cx->accepts;
  if (op != HAND_OP_CLOSE && cx->waker)
    cx->accepts = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;
  int32_t status = hand_call_child(child, cx, op, in, out);
  cx->accepts = accepts;
  return status;
}
