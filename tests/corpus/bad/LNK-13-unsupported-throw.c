/* SPDX-License-Identifier: MIT */
/* A child that cannot be thrown into makes of every throw an error of kind
 * type. */
#define HAND_SETTLE bad_settle
#include "../good/hand/hand.c"

static int32_t bad_settle(hand_child *child, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  if (status == BATON_UNSUPPORTED && op == BATON_OP_THROW) {
    baton_drop(in);
    op = BATON_OP_SEND;
  }
  return hand_settle(child, op, status, in, out);
}
