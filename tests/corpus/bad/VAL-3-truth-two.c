/* SPDX-License-Identifier: MIT */
/* The truth is a bool with payload 2. */
#define HAND_TRUE bad_true
#include "../good/hand/hand.c"

static int32_t bad_true(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  *out = baton_scalar_value(BATON_TAG_BOOL, 2);
  return BATON_RETURN;
}
