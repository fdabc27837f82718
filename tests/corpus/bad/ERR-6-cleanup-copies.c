/* SPDX-License-Identifier: MIT */
/* An error that passes a cleanup is another one behind it. */
#define HAND_GUARD bad_guard
#include "../good/hand/hand.c"

static int32_t bad_guard(hand *self, baton_context *cx, uint32_t op,
                         baton_value *in, baton_value *out) {
  int behind = self->label == 2;
  int32_t status = hand_guard(self, cx, op, in, out);
  int passes = behind && op == BATON_OP_SEND && status == BATON_ERROR;
  if (!passes || !baton_is_object(out) ||
      baton_error_kind(out) != BATON_ERROR_VALUE)
    return status;
  baton_text_view text = {"", 0};
  out->head.type->as_error->message(out, &text);
  baton_value copy = hand_error_new(BATON_ERROR_VALUE, text.data, text.size);
  baton_drop(out);
  *out = copy;
  return status;
}
