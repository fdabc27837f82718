/* SPDX-License-Identifier: MIT */
/* A scalar of a tag from 128 on that a child yields becomes none. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  int32_t status = hand_call_child(child, cx, op, in, out);
  if (!baton_is_object(out) && out->head.tag >= 128 && status == BATON_YIELD)
    *out = baton_none();
  return status;
}
