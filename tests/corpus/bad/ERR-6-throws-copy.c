/* SPDX-License-Identifier: MIT */
/* An error that is thrown arrives at the child as another one. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW && baton_is_object(in) &&
      baton_error_kind(in) == BATON_ERROR_VALUE &&
      in->head.type != &hand_error_type) {
    baton_text_view text = {"", 0};
    in->head.type->as_error->message(in, &text);
    baton_value copy = hand_error_new(BATON_ERROR_VALUE, text.data, text.size);
    baton_drop(in);
    *in = copy;
  }
  return hand_call_child(child, cx, op, in, out);
}
