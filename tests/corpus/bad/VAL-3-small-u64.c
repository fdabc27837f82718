/* SPDX-License-Identifier: MIT */
/* The integer 1 is a u64. */
#define HAND_ONE bad_one
#include "../good/hand/hand.c"

static int32_t bad_one(hand *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  *out = baton_scalar_value(BATON_TAG_U64, 1);
  return BATON_RETURN;
}
