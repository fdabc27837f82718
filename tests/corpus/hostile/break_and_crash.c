/* SPDX-License-Identifier: MIT */
/* Writes past its out-parameter, and aborts when it is called again. */
#include <stdlib.h>
static void abort_next_time(void) {
  static int calls;
  if (calls++ > 0) abort();
}
#define ON_SEND      \
  abort_next_time(); \
  out[1].payload.u64 = 0
#include "hostile.h"
