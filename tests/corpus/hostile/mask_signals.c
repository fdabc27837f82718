/* SPDX-License-Identifier: MIT */
/* Blocks all signals of the thread that calls. */
#include <pthread.h>
#include <signal.h>
static void mask_signals(void) {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, NULL);
}
#define ON_SEND mask_signals()
#include "hostile.h"
