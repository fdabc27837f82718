/* SPDX-License-Identifier: MIT */
/* A value of another provider is returned and released as well. */
#define HAND_GIVE bad_give
#include "../good/hand/hand.c"

static int32_t bad_give(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (!baton_is_object(&self->v) ||
      self->v.head.type->provider == &HAND_PROVIDER)
    return hand_give(self, cx, op, in, out);
  *out = self->v;
  return BATON_RETURN;
}
