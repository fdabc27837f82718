/* SPDX-License-Identifier: MIT */
/* The error that a stop-iteration becomes does not tell what it was. */
#define HAND_CONVERT bad_convert
#include "../good/hand/hand.c"

static void bad_convert(const hand *own, baton_value *error) {
  hand_convert(own, error);
  if (error->head.type == &hand_error_type)
    baton_drop(&hand_error_of(error)->cause);
}
