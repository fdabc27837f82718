/* SPDX-License-Identifier: MIT */
/* Changes the current folder when it is loaded. */
#include <unistd.h>
#define ON_LOAD \
  if (chdir("/") != 0) return
#include "hostile.h"
