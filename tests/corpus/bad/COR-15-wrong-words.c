/* SPDX-License-Identifier: MIT */
/* The error that a stop-iteration becomes does not say which kind raised it. */
#define HAND_CONVERT bad_convert
#include "../good/hand/hand.c"

static void bad_convert(const hand *own, baton_value *error) {
  if (baton_error_kind(error) == BATON_ERROR_STOP_ITERATION)
    *error = hand_error_from(error, "raised StopIteration");
  else
    hand_convert(own, error);
}
