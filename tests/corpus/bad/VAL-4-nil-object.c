/* SPDX-License-Identifier: MIT */
/* The host's nil crosses as an object. */
#define HAND_NIL bad_nil
#include "../good/hand/hand.c"

static int32_t bad_nil(hand *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  return hand_text_new("nil", out) == BATON_OK
             ? BATON_RETURN
             : hand_raise_kind(BATON_ERROR_NO_MEMORY, out);
}
