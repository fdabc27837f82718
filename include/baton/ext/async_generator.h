/* SPDX-License-Identifier: MIT */
#ifndef BATON_EXT_ASYNC_GENERATOR_H
#define BATON_EXT_ASYNC_GENERATOR_H

#include "../context.h"
#include "../value.h"

/** @file
 * baton.async_generator/1: what an async generator can do beyond `am_anext`.
 * Found with `type->query`.
 *
 * Each slot gives an awaitable with a life of its own, INIT, ITER, CLOSED: it
 * starts nothing before its first send, claims the generator then, and is
 * good for one await (AGN-1). Messages and order of checks are those of
 * CPython's asend and athrow objects.
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_EXT_ASYNC_GENERATOR "baton.async_generator/1"

typedef struct baton_async_generator {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Gives an awaitable that resumes the generator with `*in` and returns its
   * next item, or fails with stop-async-iteration (AGN-2). @return
   * BATON_OWNED, BATON_ERROR, a refusal.
   * Slot: driver thread; any state; re-entrant; leaf call; takes in; gives
   * out. */
  int32_t(BATON_CALL *asend)(const baton_value *self, baton_context *cx,
                             baton_value *in, baton_value *out);

  /** Gives an awaitable that raises `*error` in the generator and returns its
   * next item (AGN-3).
   * Slot: driver thread; any state; re-entrant; leaf call; takes error; gives
   * out. */
  int32_t(BATON_CALL *athrow)(const baton_value *self, baton_context *cx,
                              baton_value *error, baton_value *out);

  /** Gives an awaitable that raises generator-exit in the generator and
   * returns none once it has ended (AGN-4).
   * Slot: driver thread; any state; re-entrant; leaf call; gives out. */
  int32_t(BATON_CALL *aclose)(const baton_value *self, baton_context *cx,
                              baton_value *out);
} baton_async_generator;

#ifdef __cplusplus
}
#endif

#endif
