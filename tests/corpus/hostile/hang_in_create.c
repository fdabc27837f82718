/* SPDX-License-Identifier: MIT */
/* Never returns from create. */
#include <unistd.h>
#define ON_CREATE \
  for (;;) pause()
#include "hostile.h"
