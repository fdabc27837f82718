/* SPDX-License-Identifier: MIT */
/* A child that cannot be closed makes the close fail. */
#define HAND_SETTLE bad_settle
#include "../good/hand/hand.c"

static int32_t bad_settle(hand_child *child, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  if (status == BATON_UNSUPPORTED && op == HAND_OP_CLOSE)
    status = HAND_FAILURE(status, &child->handle, out);
  return hand_settle(child, op, status, in, out);
}
