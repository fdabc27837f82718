/* SPDX-License-Identifier: MIT */
/* An exception of the host's of kind type crosses without its words. */
#define HAND_FAIL bad_fail
#include "../good/hand/hand.c"

static int32_t bad_fail(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  int32_t status = hand_fail(self, cx, op, in, out);
  if (baton_error_kind(out) == BATON_ERROR_TYPE && baton_is_object(out))
    hand_error_of(out)->size = 0;
  return status;
}
