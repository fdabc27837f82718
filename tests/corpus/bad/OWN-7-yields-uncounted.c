/* SPDX-License-Identifier: MIT */
/* A value of another provider is yielded, and released if it is not answered.
 */
#define HAND_ECHO bad_echo
#include "../good/hand/hand.c"

static int32_t bad_echo(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (self->label > 0 && op == BATON_OP_SEND) self->v = baton_none();
  if (self->label > 0 || !baton_is_object(&self->v) ||
      self->v.head.type->provider == &HAND_PROVIDER)
    return hand_echo(self, cx, op, in, out);
  self->label++;
  *out = self->v;
  return BATON_YIELD;
}
