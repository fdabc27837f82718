/* SPDX-License-Identifier: MIT */
/* The version in the struct that the entry gives changes with every call. */
#define HAND_ENTRY bad_entry
#include "../good/hand/hand.c"

static const baton_provider *bad_entry(void) {
  static baton_provider given;
  static char version[16];
  static atomic_int calls;
  given = *hand_entry();
  snprintf(version, sizeof version, "1.0.%d", atomic_fetch_add(&calls, 1));
  given.version = version;
  return &given;
}
