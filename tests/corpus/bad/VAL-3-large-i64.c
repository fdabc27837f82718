/* SPDX-License-Identifier: MIT */
/* An integer above the largest i64 comes back as a negative one. */
#define HAND_GIVE bad_give
#include "../good/hand/hand.c"

static int32_t bad_give(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (self->v.head.tag == BATON_TAG_U64) self->v.head.tag = BATON_TAG_I64;
  return hand_give(self, cx, op, in, out);
}
