/* SPDX-License-Identifier: MIT */
#ifndef BATON_THREAD_H
#define BATON_THREAD_H

#include <stddef.h>
#include <stdint.h>

#include "baton/runtime.h"

/** @file
 * Per-thread state: what a thread's exit gives back, and the owners of affine
 * objects.
 */

/* Static TLS where a library that is loaded late may use a little of it: an
 * access costs one instruction. Each copy of the library has to make do with a
 * few words. */
#if defined(__linux__) && defined(__GLIBC__)
#define BATON_THREAD_LOCAL \
  _Thread_local __attribute__((tls_model("initial-exec")))
#else
#define BATON_THREAD_LOCAL _Thread_local
#endif

/** Has baton_thread_flush called when this thread exits. @return 0 if the
 * platform cannot, or if the thread is already past it. */
int baton_thread_at_exit(void);

/** Ends an object that nobody has any more. */
typedef void (*baton_finish)(baton_link *link);

/** A thread to which affine objects belong. */
typedef struct baton_owner baton_owner;

/** This thread, as an owner, with a reference; null if memory is short. */
baton_owner *baton_owner_here(void);

int baton_owner_is_here(const baton_owner *owner);

/** Leaves an object that nobody has to be finished on its owner's thread; if
 * that is gone the object is leaked and counted. */
void baton_owner_defer(baton_owner *owner, baton_link *link,
                       baton_finish finish);

/* Objects that nobody has and that wait to be finished form lists: in them
 * `returns_to` leads to the next and `leaf` says how. */
static inline void baton_link_wait(baton_link *link, baton_link *next,
                                   baton_finish finish) {
  union {
    baton_link *word;
    baton_finish finish;
  } how;
  how.finish = finish;
  link->leaf = how.word;
  link->returns_to = next;
}

/** Finishes an object that waited. @return the next. */
static inline baton_link *baton_link_finish(baton_link *link) {
  baton_link *next = link->returns_to;
  union {
    baton_link *word;
    baton_finish finish;
  } how;
  how.word = link->leaf;
  link->returns_to = link->leaf = NULL;
  how.finish(link);
  return next;
}

/** Finishes what other threads left for this one. */
void baton_owner_drain(void);

void baton_owner_release(baton_owner *owner);

size_t baton_leaked(void);

#endif
