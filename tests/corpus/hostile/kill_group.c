/* SPDX-License-Identifier: MIT */
/* Ends its process group. */
#include <signal.h>
#include <unistd.h>
#define ON_SEND     \
  kill(0, SIGTERM); \
  for (;;) pause()
#include "hostile.h"
