/* SPDX-License-Identifier: MIT */
/* Spins in send, deaf to signals that can be blocked. */
#include <signal.h>
static volatile int forever = 1;
static void deafen(void) {
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, NULL);
}
#define ON_SEND \
  deafen();     \
  while (forever) continue
#include "hostile.h"
