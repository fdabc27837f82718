/* SPDX-License-Identifier: MIT */
/* An async generator without items ends with another error than the end. */
#define HAND_ITEMS bad_items
#include "../good/hand/hand.c"

static int32_t bad_items(hand *self, baton_context *cx, uint32_t op,
                         baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW || self->count > 0)
    return hand_items(self, cx, op, in, out);
  *out = hand_error_say(BATON_ERROR_VALUE, "there are no items");
  return BATON_ERROR;
}
