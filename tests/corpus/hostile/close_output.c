/* SPDX-License-Identifier: MIT */
/* Closes the three standard descriptors. */
#include <unistd.h>
static void close_output(void) {
  for (int number = 0; number < 3; number++) close(number);
}
#define ON_SEND close_output()
#include "hostile.h"
