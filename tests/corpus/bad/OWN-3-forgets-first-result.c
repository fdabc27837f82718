/* SPDX-License-Identifier: MIT */
/* The result of the first of two that are awaited is never dropped. */
#define HAND_PAIR bad_pair
#include "../good/hand/hand.c"

static int32_t bad_pair(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (self->label == 1 && op == BATON_OP_SEND) *in = baton_none();
  return hand_pair(self, cx, op, in, out);
}
