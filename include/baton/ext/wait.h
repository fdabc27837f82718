/* SPDX-License-Identifier: MIT */
#ifndef BATON_EXT_WAIT_H
#define BATON_EXT_WAIT_H

#include "../value.h"
#include "../wake.h"

/** @file
 * baton.wait/1: a yielded token that a driver may wait for by itself. Found
 * with `type->query` on the value that came with YIELD. A driver that does
 * not know the token subscribes, and so turns YIELD into PENDING (WAK-9).
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_EXT_WAIT "baton.wait/1"

typedef struct baton_wait {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Wakes a clone of `waker` once the token is ready, at once if it is.
   * @return BATON_OK, NO_MEMORY, WRONG_THREAD.
   * Slot: driver thread; any state; re-entrant; runs code. */
  int32_t(BATON_CALL *subscribe)(const baton_value *self,
                                 const baton_waker *waker);

  /** Forgets what `subscribe` kept for the same waker pointer, if it is still
   * there. @return BATON_OK.
   * Slot: driver thread; any state; re-entrant; runs code. */
  int32_t(BATON_CALL *unsubscribe)(const baton_value *self,
                                   const baton_waker *waker);
} baton_wait;

#ifdef __cplusplus
}
#endif

#endif
