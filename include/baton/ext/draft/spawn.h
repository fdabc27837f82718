/* SPDX-License-Identifier: MIT */
#ifndef BATON_EXT_DRAFT_SPAWN_H
#define BATON_EXT_DRAFT_SPAWN_H

#include "../../context.h"

/** @file
 * Draft baton.spawn/1: a driver that runs a child as a task of its own. Found
 * with `cx->query` (EXT-1). Children that belong to a loop which knows "the
 * current task" cannot share their parent's (timeouts would cancel the parent).
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_EXT_SPAWN "baton.spawn/1"

typedef struct baton_spawn {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Starts `*handle` as a task. @param out an awaitable of its result;
   * dropping it cancels the task. @return BATON_OWNED, a refusal.
   * Slot: driver thread; any state; re-entrant; runs code; takes handle; gives
   * out. */
  int32_t(BATON_CALL *spawn)(baton_context *cx, baton_value *handle,
                             baton_value *out);
} baton_spawn;

#ifdef __cplusplus
}
#endif

#endif
