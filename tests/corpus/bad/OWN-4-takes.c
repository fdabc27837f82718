/* SPDX-License-Identifier: MIT */
/* A send that is refused has dropped what was sent. */
#define HAND_SEND bad_send
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  int32_t status = hand_send(self, cx, in, out);
  if (baton_is_refusal(status)) baton_drop(in);
  return status;
}
