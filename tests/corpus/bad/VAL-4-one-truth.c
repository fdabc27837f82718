/* SPDX-License-Identifier: MIT */
/* The host's integer 1 crosses as the truth. */
#define HAND_ONE bad_one
#include "../good/hand/hand.c"

static int32_t bad_one(hand *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  *out = baton_from_bool(1);
  return BATON_RETURN;
}
