/* SPDX-License-Identifier: MIT */
/* A descriptor that tells an impossible size is used like any other. */
#define HAND_CHECK bad_check
#include "../good/hand/hand.c"

static const char *bad_check(const baton_type *type) {
  const char *fault = hand_check(type);
  return fault && strstr(fault, "cannot be") && type->struct_size > 65536
             ? NULL
             : fault;
}
