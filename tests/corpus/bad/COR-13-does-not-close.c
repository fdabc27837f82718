/* SPDX-License-Identifier: MIT */
/* What gave an unknown status is let go without a close. */
#define HAND_SETTLE bad_settle
#include "../good/hand/hand.c"

static int32_t bad_settle(hand_child *child, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  if (status == BATON_RETURN || status == BATON_ERROR ||
      baton_is_refusal(status))
    return hand_settle(child, op, status, in, out);
  status = HAND_FAILURE(status, &child->handle, out);
  return hand_settle(child, op, status, in, out);
}
