/* SPDX-License-Identifier: MIT */
/* The host's truth crosses as the integer 1. */
#define HAND_TRUE bad_true
#include "../good/hand/hand.c"

static int32_t bad_true(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  *out = baton_from_i64(1);
  return BATON_RETURN;
}
