/* SPDX-License-Identifier: MIT */
/* An unknown status of what is awaited is passed on as a suspension. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  int32_t status = hand_call_child(child, cx, op, in, out);
  int known = hand_is_suspension(status) || status == BATON_RETURN ||
              status == BATON_ERROR || baton_is_refusal(status);
  return known ? status : BATON_YIELD;
}
