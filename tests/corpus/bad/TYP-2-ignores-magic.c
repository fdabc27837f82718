/* SPDX-License-Identifier: MIT */
/* What has no magic is taken for a descriptor. */
#define HAND_CHECK bad_check
#include "../good/hand/hand.c"

static const char *bad_check(const baton_type *type) {
  const char *fault = hand_check(type);
  return fault && strstr(fault, "magic") ? NULL : fault;
}
