/* SPDX-License-Identifier: MIT */
/* `async for` over nothing leaves a value behind. */
#define HAND_LAST bad_last
#include "../good/hand/hand.c"

static int32_t bad_last(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  int nothing = op == BATON_OP_THROW && self->label == 1 &&
                baton_is_none(&self->v) &&
                self->x.head.type != &hand_generator_type;
  int32_t status = hand_last(self, cx, op, in, out);
  if (nothing && status == BATON_RETURN) *out = baton_from_bool(0);
  return status;
}
