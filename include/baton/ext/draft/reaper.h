/* SPDX-License-Identifier: MIT */
#ifndef BATON_EXT_DRAFT_REAPER_H
#define BATON_EXT_DRAFT_REAPER_H

#include "../../context.h"

/** @file
 * Draft baton.reaper/1: a driver that finishes orphans. Found with
 * `cx->query` (EXT-1). A synchronous destructor that holds a suspended child
 * hands it over instead of closing it; without a reaper it closes it
 * synchronously.
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_EXT_REAPER "baton.reaper/1"

typedef struct baton_reaper {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Keeps `reaper` usable beyond the call. @param out receives it; the
   * caller's to `drop` once. @return BATON_OK, NO_MEMORY.
   * Slot: any thread; any state; re-entrant; leaf call; gives out. */
  int32_t(BATON_CALL *keep)(baton_context *cx, void **out);

  /** Takes `*handle`, to be closed and driven to its end later. @return
   * BATON_OK, NO_MEMORY.
   * Slot: any thread; any state; re-entrant; leaf call; takes handle. */
  int32_t(BATON_CALL *adopt)(void *reaper, baton_value *handle);

  /** Drops what `keep` gave. Always BATON_OK.
   * Slot: any thread; any state; re-entrant; leaf call; takes reaper. */
  int32_t(BATON_CALL *drop)(void *reaper);
} baton_reaper;

#ifdef __cplusplus
}
#endif

#endif
