/* SPDX-License-Identifier: MIT */
#ifndef BATON_THREAD_H
#define BATON_THREAD_H

#include <stdint.h>

#include "baton/runtime.h"

/** @file
 * Per-thread state: what a thread's exit gives back, and the owners of affine
 * objects.
 */

/* Static TLS: an access costs one instruction in a shared library too. */
#if defined(_WIN32) || defined(__APPLE__)
#define BATON_THREAD_LOCAL _Thread_local
#else
#define BATON_THREAD_LOCAL \
  _Thread_local __attribute__((tls_model("initial-exec")))
#endif

/** Has baton_thread_flush called when this thread exits. @return 0 if the
 * platform cannot, or if the thread is already past it. */
int baton_thread_at_exit(void);

/** A thread to which affine objects belong. */
typedef struct baton_owner baton_owner;

/** This thread, as an owner, with a reference; null if memory is short. */
baton_owner *baton_owner_here(void);

int baton_owner_is_here(const baton_owner *owner);

/** Leaves an object to be released on its owner's thread; if that is gone the
 * object is leaked and counted. The object's `returns_to` links the queue. */
void baton_owner_defer(baton_owner *owner, baton_link *link,
                       void (*release)(baton_link *link));

/** Finishes what other threads left for this one. */
void baton_owner_drain(void);

void baton_owner_release(baton_owner *owner);

uint64_t baton_leaked(void);

#endif
