/* SPDX-License-Identifier: MIT */
/* Leaves a child process asleep. */
#include <unistd.h>
static void leave_child(void) {
  if (fork() == 0)
    for (;;) pause();
}
#define ON_SEND leave_child()
#include "hostile.h"
