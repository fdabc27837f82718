/* SPDX-License-Identifier: MIT */
/* The struct of the provider has no version. */
#define HAND_ENTRY bad_entry
#include "../good/hand/hand.c"

static const baton_provider *bad_entry(void) {
  static baton_provider own;
  if (!own.struct_size) own = *hand_entry();
  own.version = NULL;
  return &own;
}
