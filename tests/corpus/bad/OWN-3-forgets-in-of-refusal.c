/* SPDX-License-Identifier: MIT */
/* What a refused call did not take is never dropped. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  int32_t status = hand_call_child(child, cx, op, in, out);
  if (baton_is_refusal(status) && op == BATON_OP_SEND) *in = baton_none();
  return status;
}
