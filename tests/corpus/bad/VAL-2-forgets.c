/* SPDX-License-Identifier: MIT */
/* A scalar with an unknown tag becomes none. */
#define HAND_GIVE bad_give
#include "../good/hand/hand.c"

static int32_t bad_give(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (!baton_is_object(&self->v) && self->v.head.tag > BATON_TAG_ERROR_KIND)
    self->v = baton_none();
  return hand_give(self, cx, op, in, out);
}
