/* SPDX-License-Identifier: MIT */
/* What ends `async for` is made anew, with another message. */
#define HAND_LAST bad_last
#include "../good/hand/hand.c"

static int32_t bad_last(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW && baton_error_kind(in) == BATON_ERROR_VALUE) {
    baton_drop(in);
    *in = hand_error_say(BATON_ERROR_VALUE, "an item failed");
  }
  return hand_last(self, cx, op, in, out);
}
