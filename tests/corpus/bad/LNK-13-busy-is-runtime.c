/* SPDX-License-Identifier: MIT */
/* A child that refuses BUSY is an error of kind runtime. */
#define HAND_FAILURE bad_failure
#include "../good/hand/hand.c"

static int32_t bad_failure(int32_t status, const baton_value *value,
                           baton_value *out) {
  if (status != BATON_BUSY) return hand_failure(status, value, out);
  hand_drop(out);
  *out = hand_error_say(BATON_ERROR_RUNTIME, "coroutine already executing");
  return BATON_ERROR;
}
