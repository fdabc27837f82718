/* SPDX-License-Identifier: MIT */
/* The library needs a symbol that the one who loads it would have to have. */
#define HAND_ENTRY bad_entry
#include "../good/hand/hand.c"

int32_t baton_host_register(const baton_provider *provider);

static const baton_provider *bad_entry(void) {
  baton_host_register(&HAND_PROVIDER);
  return hand_entry();
}
