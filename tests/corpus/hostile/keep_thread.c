/* SPDX-License-Identifier: MIT */
/* Starts one thread, as a runtime does. That is no leak. */
#include <pthread.h>
#include <unistd.h>
static void *wait_for_ever(void *nothing) {
  for (;;) pause();
  return nothing;
}
static void start_runtime(void) {
  static pthread_t thread;
  if (!thread) pthread_create(&thread, NULL, wait_for_ever, NULL);
}
#define ON_SEND start_runtime()
#include "hostile.h"
