/* SPDX-License-Identifier: MIT */
/* The suite of the errors that kit.fail raises has no kind. */
#define HAND_SEND bad_send
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  static const baton_error_methods methods = {.struct_size = sizeof methods,
                                              .message = hand_error_message};
  static baton_type type;
  int32_t status = hand_send(self, cx, in, out);
  if (status != BATON_ERROR || hand_of(self)->body->resume != hand_fail ||
      out->head.type != &hand_error_type)
    return status;
  type = hand_error_type;
  type.as_error = &methods;
  out->head.type = &type;
  return status;
}
