/* SPDX-License-Identifier: MIT */
#ifndef BATON_EXT_TEXT_H
#define BATON_EXT_TEXT_H

#include "../value.h"

/** @file
 * baton.text/1: an object that is text. Found with `type->query`.
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_EXT_TEXT "baton.text/1"

typedef struct baton_text {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Lends valid UTF-8, unchanged for as long as a reference is held (EXT-4).
   * @return BATON_OK, UNSUPPORTED if this object is none or cannot be UTF-8,
   * NO_MEMORY, WRONG_THREAD.
   *
   * Slot: any thread; any state; re-entrant; leaf call; lends out. */
  int32_t(BATON_CALL *view)(const baton_value *self, baton_text_view *out);
} baton_text;

#ifdef __cplusplus
}
#endif

#endif
