/* SPDX-License-Identifier: MIT */
/* A reserved member of a context is not zero. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  cx->reserved0 = 1;
  int32_t status = hand_call_child(child, cx, op, in, out);
  cx->reserved0 = 0;
  return status;
}
