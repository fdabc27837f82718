/* SPDX-License-Identifier: MIT */
/* A lock of the library's is held while what is awaited runs. */
#define HAND_RUN bad_run
#include "../good/hand/hand.c"

static pthread_mutex_t bad_lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local int bad_depth;

/* Gives up in the end: a deadlock is found before that. */
static int32_t bad_run(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  struct timespec limit;
  clock_gettime(CLOCK_REALTIME, &limit);
  limit.tv_sec += 6;
  int mine =
      bad_depth++ == 0 && pthread_mutex_timedlock(&bad_lock, &limit) == 0;
  int32_t status = hand_run(self, cx, op, in, out);
  bad_depth--;
  if (mine) pthread_mutex_unlock(&bad_lock);
  return status;
}
