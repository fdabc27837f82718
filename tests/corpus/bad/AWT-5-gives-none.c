/* SPDX-License-Identifier: MIT */
/* am_aiter gives none. */
#define HAND_AM_AITER bad_am_aiter
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_am_aiter(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  return BATON_OWNED;
}
