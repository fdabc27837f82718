/* SPDX-License-Identifier: MIT */
#ifndef BATON_LINK_H
#define BATON_LINK_H

#include "context.h"
#include "error.h"
#include "status.h"
#include "value.h"

/** @file
 * The link: delegation as data, so that any driver continues any chain.
 *
 * A coroutine that awaits another one does not call it. Its `resume` returns
 * BATON_AWAIT, and the driver hangs the awaitable under it and resumes the
 * *leaf* of the chain directly from then on. The chain is made of the structs
 * below, which live inside the coroutines; several copies of the runtime
 * share them. The driver's algorithm is spec/driver.md.
 *
 * A type with `as_link` has `as_coroutine` too, whose slots drive the chain
 * from this link; an async generator, which is only driven through its
 * awaitables, is the exception (TYP-5).
 */

#ifdef __cplusplus
extern "C" {
#endif

/* Kinds: which of CPython's rules and messages hold (LNK-1). */
#define BATON_KIND_COROUTINE 0
#define BATON_KIND_GENERATOR 1
#define BATON_KIND_ASYNC_GENERATOR 2
/** No frame of its own (asend, athrow, aclose): resumed in every state but
 * RUNNING, errors pass unconverted, generator-exit goes to its delegate. */
#define BATON_KIND_AWAITABLE 3

/* Flags of a link. */
/** Driven from several threads: RUNNING is claimed by compare-and-swap. */
#define BATON_LINK_SHARED 0x0001u
/** Driven on its owner's thread only: `guard` decides before each drive. */
#define BATON_LINK_AFFINE 0x0002u
/** The link is that of a baton_link_handling; `handled` may be set. */
#define BATON_LINK_HANDLING 0x0004u
/** Some link above is handling an error. Drivers only. */
#define BATON_LINK_INHERITS 0x0100u
/** Gets generator-exit when its child has ended. Drivers only. */
#define BATON_LINK_CLOSING 0x0200u
/** Got generator-exit from a close and has not ended yet. Drivers only. */
#define BATON_LINK_EXITING 0x0400u

/** State of a link that is suspended and hangs under `returns_to`: the chain
 * has it, so whoever else drives it must look at the chain first (LNK-9,
 * LNK-10). Elsewhere it is told as BATON_SUSPENDED. */
#define BATON_ATTACHED 4

/* Operations of `resume`. */
#define BATON_OP_SEND 0u  /**< `in` is the value of the suspension */
#define BATON_OP_THROW 1u /**< `in` is an error, raised at the suspension */

typedef struct baton_link baton_link;

/**
 * One link. Its type's author zeroes it, sets `kind` and `flags`, and from
 * then on only drivers write it (LNK-3); `count` alone is the author's.
 *
 * On a shared chain `state`, `flags` and `returns_to` are written and read
 * with atomic operations, and nobody follows `returns_to` without holding the
 * leaf (LNK-4).
 */
struct baton_link {
  baton_link *returns_to; /**< who awaits this link, or null */

  /** Cache on a link without a parent: the deepest link below it, or null for
   * "walk down". Null on every attached link (LNK-6). */
  baton_link *leaf;

  /** The awaitable as given, while delegating, if `handle` is lent or is the
   * same; otherwise none. What introspection calls delegated_to. */
  baton_value owner;

  /** What is driven: owned by this link if `owner` is none, else lent by
   * `owner`. None: not delegating. */
  baton_value handle;

  uint8_t state;  /**< BATON_CREATED ... BATON_CLOSED, or BATON_ATTACHED */
  uint8_t kind;   /**< BATON_KIND_* */
  uint16_t flags; /**< BATON_LINK_* */

  /** The author's own word, such as a reference count. */
  uint32_t count;
};

/** A link whose language knows "the error being handled". */
typedef struct baton_link_handling {
  /** Set by the author before returning AWAIT from inside a handler; none
   * otherwise. Seen by the links below as `cx->handled` (LNK-11). */
  baton_value handled;

  baton_link link; /**< where `link_offset` leads */
} baton_link_handling;

/** Link level. Called by drivers only. */
typedef struct baton_link_methods {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t link_offset; /**< from payload.object to its baton_link, bytes */

  /**
   * Runs the body to its next stop. The driver has checked the state and set
   * it RUNNING; it sets the next one from the status.
   *
   * RETURN, ERROR: ended. YIELD: a value for the outermost driver. PENDING:
   * the waker of this call will be woken. AWAIT: "I delegate to `*out`;
   * nothing but its end, a throw or a close may resume me, and nothing
   * ambient has to be re-established when it does" (LNK-2). A body that waits
   * for two things drives them itself and returns PENDING. ITEM, of an async
   * generator only: `*out` ends the awaitable above it.
   *
   * @param op BATON_OP_SEND (`in` is none at the start) or BATON_OP_THROW.
   *
   * Slot: driver thread; RUNNING; not re-entrant; runs code; takes in; gives
   * out.
   */
  int32_t(BATON_CALL *resume)(const baton_value *self, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out);

  /**
   * Tells that the link is CLOSED: its frame lets go of what it holds. Null:
   * nothing to let go. Called by the driver once, before anyone learns the
   * result; for an AWAITABLE, at each of its ends and before it is CLOSED.
   * Always BATON_OK (LNK-8).
   *
   * Slot: driver thread; CLOSED; not re-entrant; runs code.
   */
  int32_t(BATON_CALL *ended)(const baton_value *self);

  /**
   * Describes where the body is, for tracebacks and call graphs. Null:
   * nothing to tell. @return BATON_OK, or UNSUPPORTED.
   *
   * Slot: driver thread; any state; re-entrant; leaf call; lends out.
   */
  int32_t(BATON_CALL *where)(const baton_value *self, baton_frame *out);

  /**
   * Whether the calling thread may drive a link flagged AFFINE; not called
   * for others. Null: there are no such links. @return BATON_OK, or
   * WRONG_THREAD (THR-4).
   *
   * Slot: any thread; any state; re-entrant; leaf call.
   */
  int32_t(BATON_CALL *guard)(const baton_value *self);
} baton_link_methods;

#ifdef __cplusplus
}
#endif

#endif
