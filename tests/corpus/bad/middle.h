/* SPDX-License-Identifier: MIT */
#ifndef BAD_MIDDLE_H
#define BAD_MIDDLE_H

#include <pthread.h>
#include <stdlib.h>

/** @file
 * A waker of its own for each call of a child that is no link: for patches of
 * abi/runtime/drive.c, which spoil what it does.
 */

/** Lives until the last clone is dropped. */
typedef struct middle {
  baton_waker waker;
  const baton_waker *outer; /* a clone of the driver's */
  const void *child;
  pthread_t thread; /* that called the child */
  int running;      /* that call lasts */
  int turns;        /* how often the child has waited, that call included */
  uint32_t count;
} middle;

/** Whether a wake goes no further. Whoever includes this defines it. */
static int middle_loses(const middle *self);

static middle *middle_of(const baton_waker *waker) {
  return (middle *)(uintptr_t)waker;
}

static int32_t BATON_CALL middle_clone(const baton_waker *self,
                                       const baton_waker **out) {
  baton_add(&middle_of(self)->count, 1);
  *out = self;
  return BATON_OK;
}

static int32_t BATON_CALL middle_drop(const baton_waker *waker) {
  middle *self = middle_of(waker);
  if (!baton_count_drop(&self->count)) return BATON_OK;
  self->outer->methods->drop(self->outer);
  free(self);
  return BATON_OK;
}

static int32_t BATON_CALL middle_wake_by_ref(const baton_waker *waker) {
  middle *self = middle_of(waker);
  if (middle_loses(self)) return BATON_OK;
  return self->outer->methods->wake_by_ref(self->outer);
}

static int32_t BATON_CALL middle_wake(const baton_waker *self) {
  middle_wake_by_ref(self);
  return middle_drop(self);
}

static middle *middle_new(const baton_waker *outer, const baton_value *child) {
  static const baton_waker_methods methods = {sizeof methods,     0,
                                              middle_clone,       middle_wake,
                                              middle_wake_by_ref, middle_drop};
  middle *made = calloc(1, sizeof *made);
  outer->methods->clone(outer, &made->outer);
  made->waker.methods = &methods;
  made->child = child->payload.object;
  made->thread = pthread_self();
  made->running = 1;
  made->count = 1;
  return made;
}

/** Sends what the drive has to the child, with such a waker. */
static int32_t middle_send(baton_drive *drive, const baton_value *child) {
  static _Thread_local int turns;
  const baton_waker *waker = drive->cx->waker;
  middle *own = waker ? middle_new(waker, child) : NULL;
  if (own) drive->cx->waker = &own->waker;
  int32_t status = child->head.type->as_coroutine->send(child, drive->cx,
                                                        drive->in, drive->out);
  drive->cx->waker = waker;
  turns = status == BATON_PENDING ? turns + 1 : 0;
  if (!own) return status;
  own->turns = turns;
  own->running = 0;
  middle_drop(&own->waker);
  return status;
}

#endif
