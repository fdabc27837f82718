/* SPDX-License-Identifier: MIT */
#ifndef BATON_EXT_SCALAR_H
#define BATON_EXT_SCALAR_H

#include "../value.h"

/** @file
 * baton.scalar/1: an object that stands for a number or a truth value. Found
 * with `type->query`. Conversion is the receiver's act: an adapter passes its
 * host's objects as they are (VAL-4).
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_EXT_SCALAR "baton.scalar/1"

typedef struct baton_scalar {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Gives the same value as a bool, i64, u64 or f64. @return BATON_OK,
   * UNSUPPORTED if this object is none or none can hold it, WRONG_THREAD.
   * Slot: any thread; any state; re-entrant; leaf call; gives out. */
  int32_t(BATON_CALL *get)(const baton_value *self, baton_value *out);
} baton_scalar;

#ifdef __cplusplus
}
#endif

#endif
