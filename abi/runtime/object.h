/* SPDX-License-Identifier: MIT */
#ifndef BATON_OBJECT_H
#define BATON_OBJECT_H

#include "baton/runtime.h"

/** @file
 * What the library's own types have in common.
 */

/** The first bytes of every descriptor of the library. */
#define BATON_TYPE_HEAD(name_)                                            \
  .struct_size = sizeof(baton_type), .abi_major = BATON_ABI_MAJOR,        \
  .abi_minor = BATON_ABI_MINOR, .magic = BATON_TYPE_MAGIC, .name = name_, \
  .provider = &baton_library

/** The library as a provider: whom its descriptors name. */
extern const baton_provider baton_library;

/** Answers `query` from a null-terminated table of (id, table) pairs. */
typedef struct baton_extension {
  const char *id;
  const void *table;
} baton_extension;

int32_t baton_answer(const baton_extension *extensions, const char *id,
                     const void **out);

/** A context for calls that nobody drives: it accepts no suspension. */
baton_context baton_detached_context(void);

/** Tells the hooks. `error` is borrowed. */
void baton_unraisable_error(const baton_value *error, const baton_value *where);
void baton_unawaited_coroutine(const baton_value *self);

/** Whether an error is the library's own, nobody else has it, and it has no
 * context yet. */
int baton_error_is_unseen(const baton_value *error);

/** Frees the released proxies that are kept for late calls. */
void baton_debug_flush(void);

/** A view of a terminated string. */
baton_text_view baton_view(const char *text);

#endif
