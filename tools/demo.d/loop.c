/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "loop.h"

#include <time.h>

static void BATON_CALL loop_post(baton_executor *executor, baton_work *work) {
  loop *self = (loop *)executor;
  work->next = NULL;
  pthread_mutex_lock(&self->lock);
  if (self->first)
    self->last->next = work;
  else
    self->first = work;
  self->last = work;
  pthread_cond_signal(&self->changed);
  pthread_mutex_unlock(&self->lock);
}

void loop_init(loop *self) {
  self->executor.struct_size = sizeof self->executor;
  self->executor.reserved0 = 0;
  self->executor.post = loop_post;
  self->first = self->last = NULL;
  pthread_mutex_init(&self->lock, NULL);
  pthread_cond_init(&self->changed, NULL);
}

void loop_destroy(loop *self) {
  pthread_cond_destroy(&self->changed);
  pthread_mutex_destroy(&self->lock);
}

static struct timespec after(int milliseconds) {
  struct timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  long nanoseconds = at.tv_nsec + milliseconds % 1000 * 1000000L;
  at.tv_sec += milliseconds / 1000 + nanoseconds / 1000000000L;
  at.tv_nsec = nanoseconds % 1000000000L;
  return at;
}

baton_work *loop_next(loop *self, int timeout) {
  struct timespec end = after(timeout < 0 ? 0 : timeout);
  int late = 0;
  pthread_mutex_lock(&self->lock);
  while (!self->first && !late) {
    if (timeout < 0)
      pthread_cond_wait(&self->changed, &self->lock);
    else
      late = pthread_cond_timedwait(&self->changed, &self->lock, &end) != 0;
  }
  baton_work *work = self->first;
  if (work) self->first = work->next;
  pthread_mutex_unlock(&self->lock);
  return work;
}
