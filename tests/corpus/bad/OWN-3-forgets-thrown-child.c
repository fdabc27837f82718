/* SPDX-License-Identifier: MIT */
/* A child that an error ended, which was thrown into it, is not released. */
#define HAND_SETTLE bad_settle
#include "../good/hand/hand.c"

static int32_t bad_settle(hand_child *child, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW && status == BATON_ERROR &&
      child->handle.head.type->provider != &HAND_PROVIDER)
    child->owner = child->handle = baton_none();
  return hand_settle(child, op, status, in, out);
}
