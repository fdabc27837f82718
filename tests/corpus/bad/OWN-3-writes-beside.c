/* SPDX-License-Identifier: MIT */
/* A send that yields writes two values into `out`. */
#define HAND_ECHO bad_echo
#include "../good/hand/hand.c"

static int32_t bad_echo(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  int32_t status = hand_echo(self, cx, op, in, out);
  if (status == BATON_YIELD) out[1] = baton_none();
  return status;
}
