/* SPDX-License-Identifier: MIT */
#ifndef COUNTING_H
#define COUNTING_H

#include <baton/baton.h>
#include <stdlib.h>

/** @file
 * A waker that counts. It is its own clone, and freed with the last of them.
 */

typedef struct counting_waker {
  baton_waker waker;
  long wakes, count; /* of its owner, who begins with 1, and of clones */
} counting_waker;

static counting_waker *waker_of(const baton_waker *self) {
  return (counting_waker *)(uintptr_t)self;
}

static int32_t BATON_CALL count_clone(const baton_waker *self,
                                      const baton_waker **out) {
  __atomic_fetch_add(&waker_of(self)->count, 1, __ATOMIC_SEQ_CST);
  *out = self;
  return BATON_OK;
}

static int32_t BATON_CALL count_wake_by_ref(const baton_waker *self) {
  __atomic_fetch_add(&waker_of(self)->wakes, 1, __ATOMIC_SEQ_CST);
  return BATON_OK;
}

static int32_t BATON_CALL count_drop(const baton_waker *self) {
  if (__atomic_fetch_sub(&waker_of(self)->count, 1, __ATOMIC_SEQ_CST) == 1)
    free(waker_of(self));
  return BATON_OK;
}

static int32_t BATON_CALL count_wake(const baton_waker *self) {
  count_wake_by_ref(self);
  return count_drop(self);
}

static const baton_waker_methods counting = {
    .struct_size = sizeof(baton_waker_methods),
    .clone = count_clone,
    .wake = count_wake,
    .wake_by_ref = count_wake_by_ref,
    .drop = count_drop};

#endif
