/* SPDX-License-Identifier: MIT */
#include "atomic.h"
#include "group.h"
#include "memory.h"

static baton_child *child_of(const baton_waker *waker) {
  return (baton_child *)(uintptr_t)waker;
}

void baton_group_forget(baton_group *group) {
  if (baton_count_drop(&group->memory))
    baton_free(group, sizeof *group + group->size * sizeof(baton_child));
}

void baton_child_ready(baton_child *child) {
  baton_group *group = child->group;
  if (baton_exchange(&child->queued, 1)) return;
  baton_child *first = baton_load(&group->ready);
  do {
    child->next = first;
  } while (!baton_swap_if(&group->ready, &first, child));
}

baton_child *baton_group_take_ready(baton_group *group) {
  baton_child *newest = baton_exchange(&group->ready, NULL), *oldest = NULL;
  while (newest) {
    baton_child *next = newest->next;
    newest->next = oldest;
    oldest = newest;
    newest = next;
  }
  return oldest;
}

int32_t baton_group_arm(baton_group *group, const baton_waker *waker) {
  const baton_waker *clone = NULL;
  int32_t status;
  if (baton_load(&group->outer) == waker) return BATON_OK;
  status = waker->methods->clone(waker, &clone);
  if (status != BATON_OK) return status;
  clone = baton_exchange(&group->outer, clone);
  if (clone) clone->methods->drop(clone);
  return BATON_OK;
}

void baton_group_disarm(baton_group *group) {
  const baton_waker *outer = baton_exchange(&group->outer, NULL);
  if (outer) outer->methods->drop(outer);
}

static int32_t BATON_CALL child_clone(const baton_waker *self,
                                      const baton_waker **out) {
  baton_add(&child_of(self)->group->memory, 1);
  *out = self;
  return BATON_OK;
}

static int32_t BATON_CALL child_wake_by_ref(const baton_waker *self) {
  baton_child *child = child_of(self);
  baton_child_ready(child);
  const baton_waker *outer = baton_exchange(&child->group->outer, NULL);
  if (outer) outer->methods->wake(outer);
  return BATON_OK;
}

static int32_t BATON_CALL child_drop(const baton_waker *self) {
  baton_group_forget(child_of(self)->group);
  return BATON_OK;
}

static int32_t BATON_CALL child_wake(const baton_waker *self) {
  child_wake_by_ref(self);
  return child_drop(self);
}

const baton_waker_methods baton_child_waker = {
    sizeof(baton_waker_methods), 0,         child_clone, child_wake,
    child_wake_by_ref,           child_drop};
