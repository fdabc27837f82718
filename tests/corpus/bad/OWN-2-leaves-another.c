/* SPDX-License-Identifier: MIT */
/* A send that took its value leaves another one in its place. */
#define HAND_SEND bad_send
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  int sent = !baton_is_none(in);
  int32_t status = hand_send(self, cx, in, out);
  if (sent && baton_is_none(in)) *in = baton_from_i64(0);
  return status;
}
