/* SPDX-License-Identifier: MIT */
#ifndef BATON_GROUP_H
#define BATON_GROUP_H

#include "baton/runtime.h"
#include "poll.h"

/** @file
 * A group: an awaitable that drives its children itself. Each child has a
 * waker of its own; a wake puts the child on the ready list and wakes
 * whoever drives the group.
 */

typedef struct baton_group baton_group;

typedef struct baton_child {
  baton_waker waker; /* first: a waker is a child */
  baton_group *group;
  struct baton_child *next; /* on the ready list */
  uint32_t queued;          /* on it, or about to be */
  int32_t status;           /* PENDING while it lives, then RETURN or ERROR */
  baton_value outcome;
  uint32_t taken; /* the outcome was */
  baton_poll poll;
} baton_child;

struct baton_group {
  uint32_t count;  /* references to the value */
  uint32_t memory; /* those together, and clones of the children's wakers */
  uint32_t mode;
  uint8_t state;   /* BATON_CREATED ... BATON_CLOSED */
  uint8_t thrown;  /* an error was thrown in: all are driven to their end */
  uint8_t closing; /* the same for a close */
  uint8_t failing; /* a child's error ends the group */
  uint64_t size;
  uint64_t live;
  uint64_t winner;
  baton_child *asking;      /* sent a token up: the next value is for it */
  baton_child *ready;       /* a stack, pushed from any thread */
  const baton_waker *outer; /* a clone, or null; swapped from any thread */
  baton_child children[];
};

extern const baton_waker_methods baton_child_waker;

/** Puts a child on the ready list without waking anyone. */
void baton_child_ready(baton_child *child);

/** Takes the ready list, the oldest first. */
baton_child *baton_group_take_ready(baton_group *group);

/** Leaves the driver's waker to be woken by the next wake of a child. @return
 * BATON_OK, NO_MEMORY. */
int32_t baton_group_arm(baton_group *group, const baton_waker *waker);

/** Drops the driver's waker. */
void baton_group_disarm(baton_group *group);

/** Frees the block when neither values nor wakers are left. */
void baton_group_forget(baton_group *group);

#endif
