/* SPDX-License-Identifier: MIT */
#ifndef BATON_WAKE_H
#define BATON_WAKE_H

#include "value.h"

/** @file
 * The waker: how a coroutine that returned PENDING says "resume me".
 *
 * A waker is a pointer to a struct that starts with its table of slots. The
 * same pointer is the same waker, so a body keeps its clone as long as the
 * pointer in the context is that clone: no allocation per poll (WAK-5).
 *
 * A body that returns PENDING has arranged for the waker *of that call* to be
 * woken; only the latest call's waker counts (WAK-4, WAK-6). The wake may
 * come before PENDING is returned, more than once, late, or after the end:
 * none is lost, none does harm (WAK-7, WAK-8). Memory written before a wake is
 * visible to the run it causes (THR-3).
 */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct baton_waker baton_waker;

typedef struct baton_waker_methods {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /**
   * Makes a waker that may be kept beyond the call.
   *
   * @param out receives the clone, the caller's to `wake` or `drop` once. It
   *   may be `self`.
   * @return BATON_OK, or NO_MEMORY with null in `*out`.
   *
   * Slot: any thread; any state; re-entrant; leaf call; gives out.
   */
  int32_t(BATON_CALL *clone)(const baton_waker *self, const baton_waker **out);

  /**
   * Wakes, and drops a clone. Never resumes before it returns (WAK-2), never
   * blocks, takes no lock that a body may hold, the lock of an interpreter
   * included (WAK-3). Always BATON_OK.
   *
   * Slot: any thread (WAK-1); any state; re-entrant; leaf call; takes self.
   */
  int32_t(BATON_CALL *wake)(const baton_waker *self);

  /** As `wake`, but the waker stays. Slot: as wake; does not take self. */
  int32_t(BATON_CALL *wake_by_ref)(const baton_waker *self);

  /**
   * Drops a clone without waking. Always BATON_OK.
   *
   * Slot: any thread; any state; re-entrant; leaf call; takes self.
   */
  int32_t(BATON_CALL *drop)(const baton_waker *self);
} baton_waker_methods;

struct baton_waker {
  const baton_waker_methods *methods; /**< outlives every clone */
};

#ifdef __cplusplus
}
#endif

#endif
