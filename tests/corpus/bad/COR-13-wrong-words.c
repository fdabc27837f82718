/* SPDX-License-Identifier: MIT */
/* An unknown status of what is awaited is an error that does not tell it. */
#define HAND_FAILURE bad_failure
#include "../good/hand/hand.c"

static int32_t bad_failure(int32_t status, const baton_value *value,
                           baton_value *out) {
  if (status == BATON_ERROR || baton_is_refusal(status))
    return hand_failure(status, value, out);
  hand_drop(out);
  *out = hand_error_say(BATON_ERROR_RUNTIME, "something went wrong");
  return BATON_ERROR;
}
