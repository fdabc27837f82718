/* SPDX-License-Identifier: MIT */
/* An error of kind value that is thrown at the body's own suspension is lost.
 * */
#define HAND_ECHO bad_echo
#include "../good/hand/hand.c"

static int32_t bad_echo(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW && baton_error_kind(in) == BATON_ERROR_VALUE) {
    baton_drop(in);
    op = BATON_OP_SEND;
  }
  return hand_echo(self, cx, op, in, out);
}
