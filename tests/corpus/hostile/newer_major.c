/* SPDX-License-Identifier: MIT */
/* Is built for a major that this kit does not know. */
#define PROVIDER newer()
struct baton_provider;
static const struct baton_provider *newer(void);
#include "hostile.h"

static const baton_provider *newer(void) {
  static baton_provider provider;
  provider = act_provider;
  provider.abi_major = BATON_ABI_MAJOR + 1;
  return &provider;
}
