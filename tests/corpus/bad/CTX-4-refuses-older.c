/* SPDX-License-Identifier: MIT */
/* A driver of an older minor is refused. */
#define HAND_SEND bad_send
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  if (cx->abi_minor < BATON_ABI_MINOR) return BATON_VERSION_MISMATCH;
  return hand_send(self, cx, in, out);
}
