/* SPDX-License-Identifier: MIT */
/* Closes every descriptor of the process. */
#include <unistd.h>
static void close_everything(void) {
  for (int number = 0; number < 4096; number++) close(number);
}
#define ON_SEND close_everything()
#include "hostile.h"
