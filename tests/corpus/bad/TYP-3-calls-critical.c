/* SPDX-License-Identifier: MIT */
/* A type with an unknown critical flag is used like any other. */
#define HAND_CHECK bad_check
#include "../good/hand/hand.c"

static const char *bad_check(const baton_type *type) {
  const char *fault = hand_check(type);
  int critical = fault && strstr(fault, "critical") &&
                 HAND_REACHES(type, baton_type, query);
  return critical ? NULL : fault;
}
