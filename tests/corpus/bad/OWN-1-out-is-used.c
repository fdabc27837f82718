/* SPDX-License-Identifier: MIT */
/* What is awaited finds an old value in `out`. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  *out = baton_from_i64(0x0ddba11);
  int32_t status = hand_call_child(child, cx, op, in, out);
  if (out->head.tag == BATON_TAG_I64 && out->payload.i64 == 0x0ddba11)
    *out = baton_none();
  return status;
}
