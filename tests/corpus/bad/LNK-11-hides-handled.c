/* SPDX-License-Identifier: MIT */
/* What is awaited does not learn which error is being handled above. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  const baton_value *handled = cx->handled;
  cx->handled = NULL;
  int32_t status = hand_call_child(child, cx, op, in, out);
  cx->handled = handled;
  return status;
}
