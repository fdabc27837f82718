/* SPDX-License-Identifier: MIT */
/* A throw takes what it refuses because it is no error. */
#define HAND_THROW bad_throw
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_throw(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  if (error && !hand_is_error(error)) {
    baton_drop(error);
    return BATON_INVALID_ARGUMENT;
  }
  return hand_throw(self, cx, error, out);
}
