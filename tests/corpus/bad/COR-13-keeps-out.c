/* SPDX-License-Identifier: MIT */
/* What came with an unknown status is not dropped. */
#define HAND_FAILURE bad_failure
#include "../good/hand/hand.c"

static int32_t bad_failure(int32_t status, const baton_value *value,
                           baton_value *out) {
  if (status != BATON_ERROR && !baton_is_refusal(status)) *out = baton_none();
  return hand_failure(status, value, out);
}
