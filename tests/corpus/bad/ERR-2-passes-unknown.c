/* SPDX-License-Identifier: MIT */
/* An ordinary handler does not catch a kind that it does not know. */
#define HAND_RESCUE bad_rescue
#include "../good/hand/hand.c"

static int32_t bad_rescue(hand *self, baton_context *cx, uint32_t op,
                          baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW && baton_error_kind(in) > BATON_ERROR_GROUP)
    return hand_pass(op, in, out);
  return hand_rescue(self, cx, op, in, out);
}
