/* SPDX-License-Identifier: MIT */
/* A suspension is told as AWAIT, which belongs to links. */
#define HAND_SEND bad_send
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  int32_t status = hand_send(self, cx, in, out);
  return status == BATON_YIELD && hand_of(self)->body->resume == hand_echo
             ? BATON_AWAIT
             : status;
}
