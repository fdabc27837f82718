/* SPDX-License-Identifier: MIT */
/* Changes the current folder. */
#include <unistd.h>
#define ON_SEND \
  if (chdir("/") != 0) return BATON_NO_MEMORY
#include "hostile.h"
