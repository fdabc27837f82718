/* SPDX-License-Identifier: MIT */
/* A descriptor without release is used. */
#define HAND_CHECK bad_check
#include "../good/hand/hand.c"

static const char *bad_check(const baton_type *type) {
  const char *fault = hand_prefix_fault(type);
  if (fault || type->release || !type->name || !type->retain)
    return hand_check(type);
  return hand_suite_fault(type);
}
