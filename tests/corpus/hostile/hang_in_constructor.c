/* SPDX-License-Identifier: MIT */
/* Never ends loading. */
#include <unistd.h>
#define ON_LOAD \
  for (;;) pause()
#include "hostile.h"
