/* SPDX-License-Identifier: MIT */
/* What a child returns for an error that was thrown into it is lost to another
 * error. */
#define HAND_GO_ON bad_go_on
#include "../good/hand/hand.c"

static uint32_t bad_go_on(hand *own, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  int answered = op == BATON_OP_THROW && status == BATON_RETURN;
  op = hand_go_on(own, op, status, in, out);
  if (!answered || op != BATON_OP_SEND) return op;
  baton_drop(in);
  *in = baton_from_kind(BATON_ERROR_CANCELLED);
  return BATON_OP_THROW;
}
