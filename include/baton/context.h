/* SPDX-License-Identifier: MIT */
#ifndef BATON_CONTEXT_H
#define BATON_CONTEXT_H

#include "value.h"
#include "wake.h"

/** @file
 * The context: what a driver tells a coroutine with every call.
 *
 * Nothing else is ambient: no thread-local state, no errno (CTX-1). The
 * pointer is valid until the call returns, and may differ at the next call
 * (CTX-2).
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_ACCEPT_YIELD 1u   /**< the driver can pass values up */
#define BATON_ACCEPT_PENDING 2u /**< the driver can wait for a wake */

typedef struct baton_context baton_context;

struct baton_context {
  uint32_t struct_size; /**< sizeof this struct when the driver was built */
  uint16_t abi_major;   /**< of the driver */
  uint16_t abi_minor;   /**< nothing newer is returned to it (CTX-4) */

  /** BATON_ACCEPT_* bits: the suspensions this driver understands (CTX-3). */
  uint32_t accepts;
  uint32_t reserved0;

  /** Woken when a PENDING call can go on. Not null if PENDING is accepted. */
  const baton_waker *waker;

  /**
   * The error that the nearest link above handles while it awaits, or null.
   * A language whose new errors remember what was being handled uses it as
   * their context. Set by the driver, for this call only (LNK-11).
   */
  const baton_value *handled;

  /**
   * Finds an extension of the driver by id. Null: it has none at all.
   *
   * @param out receives a table that lives as long as the context; null is
   *   written on refusal.
   * @return BATON_OK, or UNSUPPORTED for an unknown id.
   *
   * Slot: driver thread; any state; re-entrant; leaf call; lends out.
   */
  int32_t(BATON_CALL *query)(const baton_context *cx, const char *id,
                             const void **out);

  /** The driver's own; nobody else reads it. */
  void *driver;
};

#ifdef __cplusplus
}
#endif

#endif
