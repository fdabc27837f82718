/* SPDX-License-Identifier: MIT */
/* A child that refuses is an error with the same words, whatever the refusal
 * is. */
#define HAND_FAILURE bad_failure
#include "../good/hand/hand.c"

static int32_t bad_failure(int32_t status, const baton_value *value,
                           baton_value *out) {
  if (!baton_is_refusal(status)) return hand_failure(status, value, out);
  hand_drop(out);
  *out = hand_error_say(BATON_ERROR_OTHER, "it was refused");
  return BATON_ERROR;
}
