/* SPDX-License-Identifier: MIT */
/* A reserved member of the provider is not zero. */
#define HAND_ENTRY bad_entry
#include "../good/hand/hand.c"

static const baton_provider *bad_entry(void) {
  static baton_provider own;
  if (!own.struct_size) own = *hand_entry();
  own.reserved0 = 1;
  return &own;
}
