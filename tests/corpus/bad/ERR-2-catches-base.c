/* SPDX-License-Identifier: MIT */
/* An ordinary handler catches an unknown kind that has the base bit. */
#define HAND_RESCUE bad_rescue
#include "../good/hand/hand.c"

static int32_t bad_rescue(hand *self, baton_context *cx, uint32_t op,
                          baton_value *in, baton_value *out) {
  if (self->label && op == BATON_OP_THROW &&
      baton_error_kind(in) > BATON_ERROR_BASE_GROUP)
    op = BATON_OP_SEND;
  return hand_rescue(self, cx, op, in, out);
}
