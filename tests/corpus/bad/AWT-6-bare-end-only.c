/* SPDX-License-Identifier: MIT */
/* `async for` does not know the end of an iteration when it is an object. */
#define HAND_LAST bad_last
#include "../good/hand/hand.c"

static int32_t bad_last(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW && baton_is_object(in))
    return hand_raise_in(in, out);
  return hand_last(self, cx, op, in, out);
}
