/* SPDX-License-Identifier: MIT */
#include <pthread.h>

#include "atomic.h"
#include "memory.h"
#include "object.h"
#include "poll.h"

/* What a blocked thread sleeps on. It lives as long as a clone of its waker. */
typedef struct sleeper {
  baton_waker waker;
  uint32_t count;
  int woken;
  pthread_mutex_t lock; /* around `woken`, never around foreign code */
  pthread_cond_t changed;
} sleeper;

static sleeper *sleeper_of(const baton_waker *waker) {
  return (sleeper *)(uintptr_t)waker;
}

static int32_t BATON_CALL sleeper_clone(const baton_waker *self,
                                        const baton_waker **out) {
  baton_add(&sleeper_of(self)->count, 1);
  *out = self;
  return BATON_OK;
}

static int32_t BATON_CALL sleeper_wake_by_ref(const baton_waker *self) {
  sleeper *asleep = sleeper_of(self);
  pthread_mutex_lock(&asleep->lock);
  asleep->woken = 1;
  pthread_cond_signal(&asleep->changed);
  pthread_mutex_unlock(&asleep->lock);
  return BATON_OK;
}

static int32_t BATON_CALL sleeper_drop(const baton_waker *self) {
  sleeper *asleep = sleeper_of(self);
  if (!baton_count_drop(&asleep->count)) return BATON_OK;
  pthread_cond_destroy(&asleep->changed);
  pthread_mutex_destroy(&asleep->lock);
  baton_free(asleep, sizeof *asleep);
  return BATON_OK;
}

static int32_t BATON_CALL sleeper_wake(const baton_waker *self) {
  sleeper_wake_by_ref(self);
  return sleeper_drop(self);
}

static const baton_waker_methods sleeper_methods = {
    sizeof(baton_waker_methods), 0,           sleeper_clone, sleeper_wake,
    sleeper_wake_by_ref,         sleeper_drop};

static sleeper *sleeper_new(void) {
  sleeper *made = baton_allocate(sizeof *made);
  if (!made) return NULL;
  made->waker.methods = &sleeper_methods;
  made->count = 1;
  made->woken = 0;
  pthread_mutex_init(&made->lock, NULL);
  pthread_cond_init(&made->changed, NULL);
  return made;
}

static void sleep_until_woken(sleeper *asleep) {
  pthread_mutex_lock(&asleep->lock);
  while (!asleep->woken) pthread_cond_wait(&asleep->changed, &asleep->lock);
  asleep->woken = 0;
  pthread_mutex_unlock(&asleep->lock);
}

int32_t baton_block_on(const baton_value *awaitable, baton_value *out) {
  baton_context cx = baton_detached_context();
  baton_value copy;
  baton_poll poll;
  sleeper *asleep;
  if (!awaitable || !out) return BATON_INVALID_ARGUMENT;
  int32_t status = baton_copy(awaitable, &copy);
  if (status != BATON_OK) return status;
  asleep = sleeper_new();
  if (!asleep) {
    baton_drop(&copy);
    return BATON_NO_MEMORY;
  }
  cx.accepts = BATON_ACCEPT_PENDING | BATON_ACCEPT_YIELD;
  cx.waker = &asleep->waker;
  baton_poll_init(&poll, &copy);
  while ((status = baton_poll_step(&poll, &cx, 0, out)) == BATON_PENDING)
    sleep_until_woken(asleep);
  baton_poll_drop(&poll);
  sleeper_drop(&asleep->waker);
  return status;
}
