/* SPDX-License-Identifier: MIT */
/* Writes 64 MB to the standard output. */
#include <string.h>
#include <unistd.h>
static void write_megabytes(void) {
  static char block[1 << 20];
  memset(block, 'x', sizeof block);
  for (int turn = 0; turn < 64; turn++)
    if (write(1, block, sizeof block) < 0) return;
}
#define ON_SEND write_megabytes()
#include "hostile.h"
