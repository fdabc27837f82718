/* SPDX-License-Identifier: MIT */
/* A throw of what is no error is answered with an error of kind type. */
#define HAND_THROW bad_throw
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_throw(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  int32_t status = hand_throw(self, cx, error, out);
  if (status != BATON_INVALID_ARGUMENT) return status;
  *out = hand_error_say(BATON_ERROR_TYPE, "exceptions must be errors");
  return BATON_ERROR;
}
