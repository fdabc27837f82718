/* SPDX-License-Identifier: MIT */
/* A value that was awaited comes back as another object. */
#define HAND_RELAY bad_relay
#include "../good/hand/hand.c"

static int32_t bad_relay(hand *self, baton_context *cx, uint32_t op,
                         baton_value *in, baton_value *out) {
  if (self->label > 0 && op == BATON_OP_SEND && baton_is_object(in) &&
      !in->head.type->as_error) {
    baton_drop(in);
    hand_text_new("a copy", in);
  }
  return hand_relay(self, cx, op, in, out);
}
