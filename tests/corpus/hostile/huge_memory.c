/* SPDX-License-Identifier: MIT */
/* Takes memory until it gets none, and uses it. */
#include <stdlib.h>
#include <string.h>
static void take_memory(void) {
  const size_t size = (size_t)64 << 20;
  for (;;) {
    char *block = malloc(size);
    if (!block) abort();
    memset(block, 1, 1);
  }
}
#define ON_SEND take_memory()
#include "hostile.h"
