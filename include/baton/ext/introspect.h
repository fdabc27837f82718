/* SPDX-License-Identifier: MIT */
#ifndef BATON_EXT_INTROSPECT_H
#define BATON_EXT_INTROSPECT_H

#include "../error.h"
#include "../link.h"
#include "../value.h"

/** @file
 * baton.introspect/1: one protocol for coroutines, generators and async
 * generators alike, as bpo-31230 asked for. Found with `type->query`.
 *
 * Of a shared object any thread may ask; every slot may then answer BUSY, and
 * what it answers may be old when it arrives (INT-1). Slots after `name` may be
 * null.
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_EXT_INTROSPECT "baton.introspect/1"

typedef struct baton_introspect {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /** Gives BATON_CREATED ... BATON_CLOSED. A link in the middle of a running
   * chain counts as RUNNING, or, if it is shared, as SUSPENDED (INT-2); of what
   * does not run it is the true one (INT-4). Of a shared link any thread may
   * ask. @return BATON_OK.
   * Slot: driver thread; any state; re-entrant; leaf call; gives out. */
  int32_t(BATON_CALL *state)(const baton_value *self, uint32_t *out);

  /** Gives BATON_KIND_*. @return BATON_OK.
   * Slot: any thread; any state; re-entrant; leaf call; gives out. */
  int32_t(BATON_CALL *kind)(const baton_value *self, uint32_t *out);

  /** Lends the name: "fetch". @return BATON_OK, WRONG_THREAD.
   * Slot: any thread; any state; re-entrant; leaf call; lends out. */
  int32_t(BATON_CALL *name)(const baton_value *self, baton_text_view *out);

  /** Lends the qualified name: "Client.fetch". Slot: as name. */
  int32_t(BATON_CALL *qualified_name)(const baton_value *self,
                                      baton_text_view *out);

  /** Lends where the code is: language, function, file, and the line where it
   * is suspended, or its first. Slot: as name. */
  int32_t(BATON_CALL *location)(const baton_value *self, baton_frame *out);

  /** Gives the awaitable that it delegates to, or none, also while its chain
   * runs. @return BATON_OK, BUSY, WRONG_THREAD.
   * Slot: driver thread; any state; re-entrant; leaf call; gives out. */
  int32_t(BATON_CALL *delegated_to)(const baton_value *self, baton_value *out);

  /** Gives who awaits it, or none. @return BATON_OK, BUSY, WRONG_THREAD, or
   * UNSUPPORTED where the parent's handle cannot be known.
   * Slot: as delegated_to. */
  int32_t(BATON_CALL *returns_to)(const baton_value *self, baton_value *out);

  /** Lends where it was created. @return BATON_OK, or UNSUPPORTED if that
   * was not recorded. Slot: as name. */
  int32_t(BATON_CALL *origin)(const baton_value *self, baton_frame *out);
} baton_introspect;

#ifdef __cplusplus
}
#endif

#endif
