/* SPDX-License-Identifier: MIT */
/* The items of an iteration are not dropped. */
#define HAND_LAST bad_last
#include "../good/hand/hand.c"

static int32_t bad_last(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (op == BATON_OP_SEND) self->v = baton_none();
  return hand_last(self, cx, op, in, out);
}
