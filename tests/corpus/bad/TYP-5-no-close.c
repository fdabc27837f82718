/* SPDX-License-Identifier: MIT */
/* The suite of coroutines has no close. */
#define HAND_CREATE bad_create
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_create(const baton_export *self,
                                     baton_context *cx, baton_value *arguments,
                                     uint64_t count, baton_value *out) {
  static const baton_coroutine_methods methods = {
      .struct_size = sizeof methods, .send = hand_send, .throw_ = hand_throw};
  static baton_type type;
  int32_t status = hand_create(self, cx, arguments, count, out);
  if (status != BATON_OK || hand_of(out)->body->resume != hand_greet)
    return status;
  type = hand_type;
  type.as_coroutine = &methods;
  out->head.type = &type;
  return status;
}
