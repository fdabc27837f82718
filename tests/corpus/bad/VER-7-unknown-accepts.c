/* SPDX-License-Identifier: MIT */
/* An unknown bit of `accepts` is set for what is awaited. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  cx->accepts |= 0x80;
  int32_t status = hand_call_child(child, cx, op, in, out);
  cx->accepts &= ~0x80u;
  return status;
}
