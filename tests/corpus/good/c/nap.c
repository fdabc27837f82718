/* SPDX-License-Identifier: MIT */
#include "nap.h"

#include <baton/author.h>
#include <pthread.h>
#include <stdlib.h>

/* kit.nap: a PENDING that a thread of its own ends. */

/** Shared by the body and its thread. */
typedef struct nap {
  pthread_mutex_t lock; /* never held while a waker is called */
  int references;
  int over;
  const baton_waker *waker; /* the body's clone */
} nap;

typedef struct nap_frame {
  baton_place at;
  nap *nap;
} nap_frame;

static pthread_mutex_t threads_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t threads_fewer = PTHREAD_COND_INITIALIZER;
static int threads;

static void threads_add(int change) {
  pthread_mutex_lock(&threads_lock);
  threads += change;
  pthread_cond_broadcast(&threads_fewer);
  pthread_mutex_unlock(&threads_lock);
}

void naps_wait(void) {
  pthread_mutex_lock(&threads_lock);
  while (threads > 0) pthread_cond_wait(&threads_fewer, &threads_lock);
  pthread_mutex_unlock(&threads_lock);
}

/* Gives up a share. @return the waker, taken out. */
static const baton_waker *nap_leave(nap *self, int over) {
  pthread_mutex_lock(&self->lock);
  const baton_waker *waker = self->waker;
  int last = --self->references == 0;
  self->waker = NULL;
  self->over |= over;
  pthread_mutex_unlock(&self->lock);
  if (last) {
    pthread_mutex_destroy(&self->lock);
    free(self);
  }
  return waker;
}

static void *nap_thread(void *arg) {
  const baton_waker *waker = nap_leave(arg, 1);
  if (waker) waker->methods->wake(waker);
  baton_thread_flush(); /* a waker of libbaton's may have been freed here */
  threads_add(-1);
  return NULL;
}

/* Keeps a clone of this call's waker, unless it is the clone that is kept
 * (WAK-5). @return BATON_OK, NO_MEMORY. */
static int32_t nap_keep(nap *self, const baton_waker *waker) {
  const baton_waker *clone = NULL;
  pthread_mutex_lock(&self->lock);
  const baton_waker *old = self->waker;
  pthread_mutex_unlock(&self->lock);
  if (!waker || waker == old) return BATON_OK;
  int32_t status = waker->methods->clone(waker, &clone);
  if (status != BATON_OK) return status;
  pthread_mutex_lock(&self->lock);
  old = self->waker;
  self->waker = clone;
  pthread_mutex_unlock(&self->lock);
  if (old) old->methods->drop(old);
  return BATON_OK;
}

static int nap_is_over(nap *self) {
  pthread_mutex_lock(&self->lock);
  int over = self->over;
  pthread_mutex_unlock(&self->lock);
  return over;
}

static int32_t nap_start(nap_frame *frame, const baton_waker *waker) {
  pthread_t thread;
  frame->nap = calloc(1, sizeof *frame->nap);
  if (!frame->nap) return BATON_NO_MEMORY;
  pthread_mutex_init(&frame->nap->lock, NULL);
  frame->nap->references = 2;
  int32_t status = nap_keep(frame->nap, waker);
  threads_add(1);
  if (pthread_create(&thread, NULL, nap_thread, frame->nap) == 0)
    pthread_detach(thread);
  else
    nap_thread(frame->nap); /* a wake before PENDING is as good */
  return status;
}

/* kit.nap(): PENDING until the thread has ended it;  return none */
BATON_RESUME(nap_resume) {
  baton_begin(nap_frame, f);
  baton_check(nap_start(f, cx->waker));
  baton_wait();
  while (!nap_is_over(f->nap)) {
    baton_check(nap_keep(f->nap, cx->waker));
    if (!nap_is_over(f->nap)) baton_wait();
  }
  baton_return(baton_none());
  baton_cleanup;
  baton_end;
}

static void BATON_CALL nap_drop(void *frame) {
  nap *self = ((nap_frame *)frame)->nap;
  const baton_waker *waker = self ? nap_leave(self, 0) : NULL;
  if (waker) waker->methods->drop(waker);
}

BATON_BODY(kit_nap, nap_resume, nap_frame, at, 0, BATON_KIND_COROUTINE, 0,
           nap_drop);

const baton_body *const nap_body = &kit_nap;
