/* SPDX-License-Identifier: MIT */
/* The entry greets on standard output. */
#include <stdio.h>
#define HAND_ENTRY bad_entry
#include "../good/hand/hand.c"

static const baton_provider *bad_entry(void) {
  puts("hand 1.0.0");
  return hand_entry();
}
