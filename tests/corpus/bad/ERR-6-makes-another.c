/* SPDX-License-Identifier: MIT */
/* An error of what is awaited goes on as another one with the same words. */
#define HAND_GO_ON bad_go_on
#include "../good/hand/hand.c"

static void another(baton_value *error) {
  baton_text_view text = {"", 0};
  const baton_error_methods *methods = error->head.type->as_error;
  if (methods->message) methods->message(error, &text);
  baton_value made =
      hand_error_new(baton_error_kind(error), text.data, text.size);
  baton_drop(error);
  *error = made;
}

static uint32_t bad_go_on(hand *own, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  int relays =
      own->body->resume == hand_relay && !own->closing && op == BATON_OP_SEND;
  op = hand_go_on(own, op, status, in, out);
  if (relays && op == BATON_OP_THROW && baton_is_object(in) &&
      baton_error_kind(in) == BATON_ERROR_VALUE)
    another(in);
  return op;
}
