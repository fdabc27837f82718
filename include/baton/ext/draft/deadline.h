/* SPDX-License-Identifier: MIT */
#ifndef BATON_EXT_DRAFT_DEADLINE_H
#define BATON_EXT_DRAFT_DEADLINE_H

#include "../../context.h"

/** @file
 * Draft baton.deadline/1: until when the driver will wait. Found with
 * `cx->query` (EXT-1).
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_EXT_DEADLINE "baton.deadline/1"

typedef struct baton_deadline {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Gives the time left, in nanoseconds; 0 if it has passed. @return
   * BATON_OK, or UNSUPPORTED if there is no deadline now.
   * Slot: driver thread; any state; re-entrant; leaf call; gives out. */
  int32_t(BATON_CALL *remaining)(const baton_context *cx, uint64_t *out);
} baton_deadline;

#ifdef __cplusplus
}
#endif

#endif
