/* SPDX-License-Identifier: MIT */
#ifndef BATON_VALUE_H
#define BATON_VALUE_H

#include <stddef.h>
#include <stdint.h>

#include "version.h"

/** @file
 * The value: everything that crosses, in 16 bytes.
 *
 * A value whose tag is below 256 is a scalar. Anything else is an object: a
 * type descriptor and a payload that only that descriptor's slots interpret,
 * so a host's own object crosses as itself and comes home identical (VAL-1).
 *
 * A scalar with an unknown tag is inert: it is copied, passed on and dropped
 * like any other, and only its conversion fails, with UNSUPPORTED (VAL-2).
 */

#ifdef __cplusplus
extern "C" {
#endif

typedef struct baton_type baton_type;

#define BATON_TAG_NONE 0       /**< no value; every host's nil (VAL-4) */
#define BATON_TAG_BOOL 1       /**< payload.u64 is 0 or 1 (VAL-3) */
#define BATON_TAG_I64 2        /**< payload.i64 */
#define BATON_TAG_F64 3        /**< payload.f64 */
#define BATON_TAG_U64 4        /**< payload.u64, above INT64_MAX (VAL-3) */
#define BATON_TAG_ERROR_KIND 5 /**< payload.u64: a bare error (ERR-1) */
#define BATON_TAG_LIMIT 256    /**< the first number that is an address */

/**
 * A scalar or an object. Moved by copying it and writing none into the
 * source; counted through the descriptor's retain and release.
 *
 * Bytes of the payload beyond the member in use are unspecified, so values
 * are never compared with memcmp (VAL-5).
 */
typedef struct baton_value {
  union {
    const baton_type *type; /**< an object's descriptor */
    uintptr_t tag;          /**< a scalar's tag, below BATON_TAG_LIMIT */
    uint64_t reserved0;     /**< gives every data model the same width */
  } head;
  union {
    void *object;
    uint64_t u64;
    int64_t i64;
    double f64;
  } payload;
} baton_value;

/** UTF-8 text that somebody else owns; not terminated. */
typedef struct baton_text_view {
  const char *data;
  uint64_t size; /**< bytes */
} baton_text_view;

/** Bytes that somebody else owns. */
typedef struct baton_bytes_view {
  const uint8_t *data;
  uint64_t size;
} baton_bytes_view;

#ifdef __cplusplus
}
#endif

#endif
