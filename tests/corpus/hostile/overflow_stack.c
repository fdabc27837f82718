/* SPDX-License-Identifier: MIT */
/* Calls itself until there is no stack. */
static int dig(volatile char *above) {
  volatile char hole[4096];
  hole[0] = above ? above[0] : 1;
  return hole[0] ? dig(hole) + hole[0] : 0;
}
#define ON_SEND dig(0)
#include "hostile.h"
