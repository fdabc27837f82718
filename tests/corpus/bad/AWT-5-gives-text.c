/* SPDX-License-Identifier: MIT */
/* am_aiter gives an object that is no async iterator. */
#define HAND_AM_AITER bad_am_aiter
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_am_aiter(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  return hand_text_new("iterator", out) == BATON_OK ? BATON_OWNED
                                                    : BATON_NO_MEMORY;
}
