/* SPDX-License-Identifier: MIT */
/*
 * PENDING: a wait that ends on another thread, which needs no GIL for it.
 */
#include "module.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

/* [timer] */
/* Shared by the body and a thread; whoever leaves last frees it. */
typedef struct timer {
  pthread_mutex_t lock;
  const baton_waker *waker; /* of the latest wait, or null */
  long milliseconds;
  int rung, owners;
} timer;

/* Keeps the waker of this call; first keep, then look, so that no wake is
 * missed. */
static int32_t timer_wait(timer *self, const baton_waker *waker) {
  const baton_waker *clone = NULL;
  int32_t status = waker->methods->clone(waker, &clone);
  if (status != BATON_OK) return status;
  pthread_mutex_lock(&self->lock);
  const baton_waker *old = self->waker;
  self->waker = clone;
  pthread_mutex_unlock(&self->lock);
  if (old) old->methods->drop(old);
  return BATON_OK;
}

static int timer_has_rung(timer *self) {
  pthread_mutex_lock(&self->lock);
  int rung = self->rung;
  pthread_mutex_unlock(&self->lock);
  return rung;
}

static void timer_leave(timer *self) {
  pthread_mutex_lock(&self->lock);
  int last = --self->owners == 0;
  pthread_mutex_unlock(&self->lock);
  if (!last) return;
  if (self->waker) self->waker->methods->drop(self->waker);
  pthread_mutex_destroy(&self->lock);
  free(self);
}

static void *timer_run(void *argument) {
  timer *self = argument;
  struct timespec time = {self->milliseconds / 1000,
                          self->milliseconds % 1000 * 1000000};
  nanosleep(&time, NULL);
  pthread_mutex_lock(&self->lock);
  const baton_waker *waker = self->waker;
  self->waker = NULL;
  self->rung = 1;
  pthread_mutex_unlock(&self->lock);
  if (waker) waker->methods->wake(waker); /* takes the clone */
  timer_leave(self);
  return NULL;
}
/* [/timer] */

static timer *timer_start(long milliseconds) {
  timer *self = calloc(1, sizeof *self);
  pthread_t thread;
  if (!self) return NULL;
  pthread_mutex_init(&self->lock, NULL);
  self->milliseconds = milliseconds;
  self->owners = 2;
  if (pthread_create(&thread, NULL, timer_run, self) == 0) {
    pthread_detach(thread);
    return self;
  }
  pthread_mutex_destroy(&self->lock);
  free(self);
  return NULL;
}

/* [body] */
typedef struct nap_frame {
  baton_place at;
  timer *timer;
  long milliseconds;
} nap_frame;

BATON_RESUME(nap_resume) {
  baton_begin(nap_frame, f);
  f->timer = timer_start(f->milliseconds);
  if (!f->timer) baton_raise(baton_from_kind(BATON_ERROR_NO_MEMORY));
  for (;;) {
    baton_check(timer_wait(f->timer, cx->waker));
    if (timer_has_rung(f->timer)) break;
    baton_wait(); /* returns PENDING */
  }
  baton_return(baton_from_bool(1));
  baton_cleanup;
  baton_end;
}

/* Called once, when the body has ended or will never run. */
static void BATON_CALL nap_drop(void *frame) {
  nap_frame *f = frame;
  if (f->timer) timer_leave(f->timer);
}

BATON_BODY(nap, nap_resume, nap_frame, at, 0, BATON_KIND_COROUTINE, 0,
           nap_drop);
/* [/body] */

static PyObject *make_nap(PyObject *module, PyObject *argument) {
  const baton_python *py = table_of(module);
  long milliseconds = PyLong_AsLong(argument);
  if (milliseconds == -1 && PyErr_Occurred()) return NULL;
  PyObject *made = py->make(py, &nap, NULL, 0);
  if (made) ((nap_frame *)py->frame(made))->milliseconds = milliseconds;
  return made;
}

static PyMethodDef functions[] = {{"nap", make_nap, METH_O, NULL},
                                  {NULL, NULL, 0, NULL}};
EXAMPLE_MODULE(wake, functions)
