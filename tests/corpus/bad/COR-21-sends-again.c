/* SPDX-License-Identifier: MIT */
/* What is awaited is sent none once more after it has returned. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  int32_t status = hand_call_child(child, cx, op, in, out);
  baton_value none = baton_none(), more = baton_none();
  if (op == BATON_OP_SEND && status == BATON_RETURN) {
    hand_call_child(child, cx, BATON_OP_SEND, &none, &more);
    baton_drop(&more);
  }
  return status;
}
