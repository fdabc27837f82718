/* SPDX-License-Identifier: MIT */
#ifndef BATON_TYPE_H
#define BATON_TYPE_H

#include "coroutine.h"
#include "error.h"
#include "link.h"
#include "value.h"

/** @file
 * The type descriptor: what can be done with an object.
 *
 * It travels in values to peers that never met its provider, so it carries
 * its own version. It outlives every value that names it (TYP-4). A type is
 * never recognised by the address of its descriptor, since two copies of a
 * library have two; only a host recognises its own canonical one, of which it
 * has one per runtime instance (TYP-9).
 *
 * When a descriptor is first met it is checked once, as spec/versioning.md
 * tells: aligned, size, magic, major, critical flags, mandatory slots (TYP-2,
 * VER-1). No call checks again.
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_TYPE_MAGIC 0x4e544142u /**< "BATN" read as little-endian */

/* Flags. The low half may be ignored. An unknown bit of the high half means:
 * refuse before the first call; name and release only (TYP-3). */
/** Objects belong to one thread; other threads may only release. */
#define BATON_TYPE_AFFINE 0x0000000000000001u

/** The bits that must be understood. */
#define BATON_TYPE_CRITICAL 0xffffffff00000000u

typedef struct baton_provider baton_provider;

/** Called by `traverse` for each value held; non-zero stops it. */
typedef int32_t(BATON_CALL *baton_visit)(const baton_value *held, void *arg);

struct baton_type {
  /* The permanent prefix: the same in every future major (VER-2). */
  uint32_t struct_size; /**< sizeof this struct when it was built */
  uint16_t abi_major;
  uint16_t abi_minor;
  uint32_t magic; /**< BATON_TYPE_MAGIC */
  uint32_t reserved0;
  uint64_t flags;   /**< BATON_TYPE_* */
  const char *name; /**< UTF-8, terminated, never null */

  /**
   * Adds a reference. @return BATON_OK, or WRONG_THREAD for an affine object;
   * then the value was not counted (TYP-7).
   *
   * Slot: any thread; any state; re-entrant; leaf call.
   */
  int32_t(BATON_CALL *retain)(const baton_value *self);

  /**
   * Drops a reference; the last one ends the object: a suspended coroutine is
   * closed, and its error goes to its host's unraisable hook. Never blocks,
   * never fails; an affine object defers to its owner (TYP-6). What the object
   * holds is given back then at the latest (TYP-11). Always BATON_OK.
   *
   * Slot: any thread; any state; re-entrant; runs code; takes self.
   */
  int32_t(BATON_CALL *release)(const baton_value *self);

  const baton_provider *provider; /**< whom to name in a report; may be null */
  /* End of the permanent prefix. */

  void *data; /**< the author's own: an interpreter, a state */

  /**
   * Visits every value that the object is known to hold, once per reference
   * held. For whoever knows of every reference to the object (TYP-8). Null:
   * knows of none.
   *
   * @return 0, or the first non-zero result of `visit`.
   *
   * Slot: driver thread; any state but RUNNING; re-entrant; leaf call.
   */
  int32_t(BATON_CALL *traverse)(const baton_value *self, baton_visit visit,
                                void *arg);

  /* Suites; null if the type does not have it. */
  const baton_async_methods *as_async;
  const baton_coroutine_methods *as_coroutine;
  const baton_link_methods *as_link;
  const baton_error_methods *as_error;

  /**
   * Finds an extension of the type by id, such as "baton.introspect/1". Null:
   * has none. The answer is the same for all objects and at every call
   * (TYP-10).
   *
   * @param out receives a table that lives as long as the descriptor; null
   *   on refusal.
   * @return BATON_OK, or UNSUPPORTED for an unknown id.
   *
   * Slot: any thread; any state; re-entrant; leaf call; lends out.
   */
  int32_t(BATON_CALL *query)(const baton_value *self, const char *id,
                             const void **out);

  /** Null. Keeps the size a multiple of 8 where pointers have 4 bytes, so that
   * `struct_size` tells whether the next slot is there (VER-4). */
  const void *reserved1;
};

/** Bytes of the permanent prefix. */
#define BATON_TYPE_PREFIX_SIZE offsetof(baton_type, data)

#ifdef __cplusplus
}
#endif

#endif
