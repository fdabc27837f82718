/* SPDX-License-Identifier: MIT */
#include <pthread.h>

#include "host.h"

/* The gate: one place where bodies of every language wait for a wake. It keeps
 * the waker of the latest wait beyond the end of the coroutine, so that a late
 * wake can be made. */

static struct {
  pthread_mutex_t lock;
  const baton_waker *waker;
  int open;
} gate = {.lock = PTHREAD_MUTEX_INITIALIZER};

typedef struct gate_frame {
  baton_place at;
  int early;
} gate_frame;

static int is_open(void) {
  pthread_mutex_lock(&gate.lock);
  int open = gate.open;
  pthread_mutex_unlock(&gate.lock);
  return open;
}

static int32_t keep(const baton_waker *waker) {
  const baton_waker *clone = NULL, *old;
  int32_t status = waker->methods->clone(waker, &clone);
  if (status != BATON_OK) return status;
  pthread_mutex_lock(&gate.lock);
  old = gate.waker;
  gate.waker = clone;
  pthread_mutex_unlock(&gate.lock);
  if (old) old->methods->drop(old);
  return BATON_OK;
}

/* A second clone, so that the wake is made without the lock. */
static void *ring(void *opened) {
  const baton_waker *waker = NULL;
  pthread_mutex_lock(&gate.lock);
  if (opened) gate.open = 1;
  if (gate.waker) gate.waker->methods->clone(gate.waker, &waker);
  pthread_mutex_unlock(&gate.lock);
  if (waker) waker->methods->wake(waker);
  return NULL;
}

BATON_RESUME(gate_resume) {
  baton_begin(gate_frame, f);
  for (;;) {
    baton_check(keep(cx->waker));
    if (is_open()) break;
    if (f->early) ring(&gate);
    baton_wait();
  }
  baton_return(baton_from_bool(1));
  baton_cleanup;
  baton_end;
}
BATON_CORO(gate_body, gate_resume, gate_frame, at, 0);

int32_t host_new_gate(int early, baton_value *out) {
  int32_t status = baton_coro_new(&gate_body, out);
  if (status == BATON_OK) ((gate_frame *)baton_coro_frame(out))->early = early;
  return status;
}

void host_elsewhere(void *(*work)(void *), void *argument) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, work, argument) == 0)
    pthread_join(thread, NULL);
}

void host_ring_gate(int opened) {
  host_elsewhere(ring, opened ? (void *)&gate : NULL);
}

void host_shut_gate(void) {
  const baton_waker *old;
  pthread_mutex_lock(&gate.lock);
  old = gate.waker;
  gate.waker = NULL;
  gate.open = 0;
  pthread_mutex_unlock(&gate.lock);
  if (old) old->methods->drop(old);
}
