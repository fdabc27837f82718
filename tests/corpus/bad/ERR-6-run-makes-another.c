/* SPDX-License-Identifier: MIT */
/* An outermost driver gives another error than the one that ended what it
 * drove. */
#define HAND_CREATE_RUN bad_create_run
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_create_run(const baton_export *self,
                                         baton_context *cx,
                                         baton_value *arguments, uint64_t count,
                                         baton_value *out) {
  int32_t status = hand_create_run(self, cx, arguments, count, out);
  if (status != BATON_ERROR || baton_error_kind(out) != BATON_ERROR_VALUE ||
      !baton_is_object(out))
    return status;
  baton_text_view text = {"", 0};
  out->head.type->as_error->message(out, &text);
  baton_value copy = hand_error_new(BATON_ERROR_VALUE, text.data, text.size);
  baton_drop(out);
  *out = copy;
  return status;
}
