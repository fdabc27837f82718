/* SPDX-License-Identifier: MIT */
/* A value that is sent does not reach what is awaited, which gets none. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  if (op == BATON_OP_SEND) baton_drop(in);
  return hand_call_child(child, cx, op, in, out);
}
