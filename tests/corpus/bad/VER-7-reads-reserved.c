/* SPDX-License-Identifier: MIT */
/* A descriptor with something in a reserved member is refused. */
#define HAND_CHECK bad_check
#include "../good/hand/hand.c"

static const char *bad_check(const baton_type *type) {
  const char *fault = hand_check(type);
  return fault || !type->reserved0 ? fault : "reserved0 is not zero";
}
