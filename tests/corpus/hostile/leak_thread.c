/* SPDX-License-Identifier: MIT */
/* Starts a thread with each send, and lets it wait for ever. */
#include <pthread.h>
#include <unistd.h>
static void *wait_for_ever(void *nothing) {
  for (;;) pause();
  return nothing;
}
static void leak_thread(void) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, wait_for_ever, NULL) == 0)
    pthread_detach(thread);
}
#define ON_SEND leak_thread()
#include "hostile.h"
