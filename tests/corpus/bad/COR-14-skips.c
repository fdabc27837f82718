/* SPDX-License-Identifier: MIT */
/* A resume of a generator goes on behind the item that is next. */
#define HAND_COUNT bad_count
#include "../good/hand/hand.c"

static int32_t bad_count(hand *self, baton_context *cx, uint32_t op,
                         baton_value *in, baton_value *out) {
  if (self->label == 1) self->label = 2;
  return hand_count(self, cx, op, in, out);
}
