/* SPDX-License-Identifier: MIT */
/* What a handler gets is a copy of the error that was raised. */
#define HAND_RESCUE bad_rescue
#include "../good/hand/hand.c"

static int32_t bad_rescue(hand *self, baton_context *cx, uint32_t op,
                          baton_value *in, baton_value *out) {
  uint32_t kind = baton_error_kind(in);
  if (op == BATON_OP_THROW && kind == BATON_ERROR_VALUE &&
      in->head.type->provider != &HAND_PROVIDER &&
      in->head.type->as_error->message) {
    baton_text_view words = {"", 0};
    in->head.type->as_error->message(in, &words);
    baton_value copy = hand_error_new(kind, words.data, words.size);
    baton_drop(in);
    *in = copy;
  }
  return hand_rescue(self, cx, op, in, out);
}
