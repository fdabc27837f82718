/* SPDX-License-Identifier: MIT */
/* A descriptor of another major is used like any other. */
#define HAND_CHECK bad_check
#include "../good/hand/hand.c"

static const char *bad_check(const baton_type *type) {
  const char *fault = hand_check(type);
  return fault && strstr(fault, "abi_major") ? NULL : fault;
}
