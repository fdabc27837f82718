/* SPDX-License-Identifier: MIT */
/* A throw that ends in an error returns a status of the provider's own. */
#define HAND_THROW bad_throw
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_throw(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  int32_t status = hand_throw(self, cx, error, out);
  return status == BATON_ERROR ? -2 : status;
}
