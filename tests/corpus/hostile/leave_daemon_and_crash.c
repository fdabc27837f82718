/* SPDX-License-Identifier: MIT */
/* Leaves a process of its own session, and dies. */
#include <stdlib.h>
#include <unistd.h>
static void leave_daemon(void) {
  if (fork() == 0) {
    setsid();
    for (;;) pause();
  }
  abort();
}
#define ON_SEND leave_daemon()
#include "hostile.h"
