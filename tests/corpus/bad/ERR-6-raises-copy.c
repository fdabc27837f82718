/* SPDX-License-Identifier: MIT */
/* An error of another host is raised as one of ours with its words. */
#define HAND_RAISE bad_raise
#include "../good/hand/hand.c"

static int32_t bad_raise(hand *self, baton_context *cx, uint32_t op,
                         baton_value *in, baton_value *out) {
  int32_t status = hand_raise(self, cx, op, in, out);
  baton_text_view text = {"", 0};
  if (!baton_is_object(out) || out->head.type == &hand_error_type ||
      baton_error_kind(out) != BATON_ERROR_VALUE)
    return status;
  out->head.type->as_error->message(out, &text);
  baton_value copy = hand_error_new(BATON_ERROR_VALUE, text.data, text.size);
  baton_drop(out);
  *out = copy;
  return status;
}
