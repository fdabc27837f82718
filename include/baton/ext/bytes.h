/* SPDX-License-Identifier: MIT */
#ifndef BATON_EXT_BYTES_H
#define BATON_EXT_BYTES_H

#include "../value.h"

/** @file
 * baton.bytes/1: an object that is bytes. Found with `type->query`.
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_EXT_BYTES "baton.bytes/1"

typedef struct baton_bytes {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Lends the bytes, unchanged for as long as a reference is held (EXT-4).
   * @return BATON_OK, UNSUPPORTED if this object is none, WRONG_THREAD.
   * Slot: any thread; any state; re-entrant; leaf call; lends out. */
  int32_t(BATON_CALL *view)(const baton_value *self, baton_bytes_view *out);
} baton_bytes;

#ifdef __cplusplus
}
#endif

#endif
