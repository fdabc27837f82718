/* SPDX-License-Identifier: MIT */
/* A type with an unknown flag of the harmless half is refused. */
#define HAND_CHECK bad_check
#include "../good/hand/hand.c"

static const char *bad_check(const baton_type *type) {
  const char *fault = hand_check(type);
  if (!fault &&
      (type->flags & ~BATON_TYPE_CRITICAL & ~(uint64_t)BATON_TYPE_AFFINE))
    fault = "an unknown flag is set (TYP-3)";
  return fault;
}
