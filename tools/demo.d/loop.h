/* SPDX-License-Identifier: MIT */
#ifndef DEMO_LOOP_H
#define DEMO_LOOP_H

#include <baton/runtime.h>
#include <pthread.h>

/** @file
 * The loop: the one thread that drives, and the queue that wakes reach it by.
 */

typedef struct loop {
  baton_executor executor; /**< first: the executor is the loop */
  pthread_mutex_t lock;
  pthread_cond_t changed;
  baton_work *first, *last;
} loop;

void loop_init(loop *self);
void loop_destroy(loop *self);

/** Takes the next work. @param timeout milliseconds, or -1 for ever. @return
 * null if none came in time. */
baton_work *loop_next(loop *self, int timeout);

#endif
