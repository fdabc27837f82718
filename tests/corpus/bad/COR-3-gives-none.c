/* SPDX-License-Identifier: MIT */
/* A coroutine that has ended answers send as a generator does. */
#define HAND_SEND bad_send
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  int32_t status = hand_send(self, cx, in, out);
  return status == BATON_INVALID_STATE ? BATON_RETURN : status;
}
