/* SPDX-License-Identifier: MIT */
#ifndef BATON_PROVIDER_H
#define BATON_PROVIDER_H

#include "context.h"
#include "status.h"
#include "type.h"

/** @file
 * The provider: how a library says what it exports.
 *
 * A library that wants to be found exports one function, named
 * BATON_PROVIDER_SYMBOL, of type baton_provider_entry (PRV-1). It is
 * discovery only: what a value can do, its own descriptor says.
 */

#ifdef __cplusplus
extern "C" {
#endif

#define BATON_PROVIDER_MAGIC 0x50544142u /**< "BATP" read as little-endian */

/** The exported symbol carries the ABI major. */
#define BATON_PROVIDER_SYMBOL "baton_provider_v0"

typedef struct baton_export baton_export;

/** Something that a provider can make. */
struct baton_export {
  uint32_t struct_size; /**< sizeof this struct when it was built */
  uint32_t reserved0;
  const char *name;    /**< unique in the provider; UTF-8, terminated */
  const char *summary; /**< one line for people */

  /**
   * Makes a value: a coroutine that has not started, an async iterator, ...
   *
   * @param arguments `count` values, each taken by writing none into it.
   * @param out the new value.
   * @return BATON_OK; BATON_ERROR with the error in `*out`; a refusal. In the
   *   last two nothing was taken (PRV-3).
   *
   * Slot: any thread; any state; re-entrant; runs code; takes arguments; gives
   * out.
   */
  int32_t(BATON_CALL *create)(const baton_export *self, baton_context *cx,
                              baton_value *arguments, uint64_t count,
                              baton_value *out);
};

struct baton_provider {
  uint32_t struct_size; /**< sizeof this struct when it was built */
  uint16_t abi_major;
  uint16_t abi_minor;
  uint32_t magic; /**< BATON_PROVIDER_MAGIC */
  uint32_t reserved0;
  const char *name;     /**< "lua-adapter"; UTF-8, terminated */
  const char *version;  /**< the library's own: "0.3.1" */
  const char *language; /**< "c", "rust", ... */

  const baton_export *const *exports; /**< `export_count` pointers */
  uint64_t export_count;

  /**
   * Finds an extension of the library by id, such as "baton.manifest/1".
   * Null: has none. @return BATON_OK, or UNSUPPORTED with null in `*out`.
   *
   * Slot: any thread; any state; re-entrant; leaf call; lends out.
   */
  int32_t(BATON_CALL *query)(const baton_provider *self, const char *id,
                             const void **out);

  /** Null. As in baton_type. */
  const void *reserved1;
};

/** Gives the library's provider: static, the same at every call (PRV-2). */
typedef const baton_provider *(BATON_CALL *baton_provider_entry)(void);

#ifdef __cplusplus
}
#endif

#endif
