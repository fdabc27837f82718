/* SPDX-License-Identifier: MIT */
#ifndef BATON_INLINE_H
#define BATON_INLINE_H

#include "type.h"

/** @file
 * Helpers over the contract, for those who want them: no symbol, no state.
 * Not part of the contract; `baton.h` does not include it.
 */

#ifdef __cplusplus
extern "C" {
#endif

/** The value none. */
static inline baton_value baton_none(void) {
  baton_value value;
  value.head.reserved0 = 0;
  value.head.tag = BATON_TAG_NONE;
  value.payload.u64 = 0;
  return value;
}

/** A scalar with any tag. */
static inline baton_value baton_scalar_value(uintptr_t tag, uint64_t payload) {
  baton_value value = baton_none();
  value.head.tag = tag;
  value.payload.u64 = payload;
  return value;
}

static inline baton_value baton_from_i64(int64_t number) {
  baton_value value = baton_none();
  value.head.tag = BATON_TAG_I64;
  value.payload.i64 = number;
  return value;
}

/** An i64 where it fits, else a u64 (VAL-3). */
static inline baton_value baton_from_u64(uint64_t number) {
  if (number <= (uint64_t)INT64_MAX) return baton_from_i64((int64_t)number);
  return baton_scalar_value(BATON_TAG_U64, number);
}

static inline baton_value baton_from_f64(double number) {
  baton_value value = baton_none();
  value.head.tag = BATON_TAG_F64;
  value.payload.f64 = number;
  return value;
}

static inline baton_value baton_from_bool(int truth) {
  return baton_scalar_value(BATON_TAG_BOOL, truth != 0);
}

/** An error with nothing to tell but its kind. */
static inline baton_value baton_from_kind(uint32_t kind) {
  return baton_scalar_value(BATON_TAG_ERROR_KIND, kind);
}

/** An object; the caller's reference moves into the value. */
static inline baton_value baton_from_object(const baton_type *type,
                                            void *object) {
  baton_value value = baton_none();
  value.head.type = type;
  value.payload.object = object;
  return value;
}

static inline int baton_is_none(const baton_value *value) {
  return value->head.tag == BATON_TAG_NONE;
}

static inline int baton_is_object(const baton_value *value) {
  return value->head.tag >= BATON_TAG_LIMIT;
}

/** Moves the value out of `*source`, leaving none. */
static inline baton_value baton_take(baton_value *source) {
  baton_value value = *source;
  *source = baton_none();
  return value;
}

/** Releases what `*value` holds and leaves none; scalars cost nothing. */
static inline void baton_drop(baton_value *value) {
  baton_value held = baton_take(value);
  if (baton_is_object(&held)) held.head.type->release(&held);
}

/** Copies a value with a reference of its own. @return BATON_OK, or what
 * `retain` refused, with none in `*copy`. */
static inline int32_t baton_copy(const baton_value *value, baton_value *copy) {
  int32_t status = BATON_OK;
  if (baton_is_object(value)) status = value->head.type->retain(value);
  *copy = status == BATON_OK ? *value : baton_none();
  return status;
}

static inline int baton_is_refusal(int32_t status) {
  return status <= BATON_REFUSAL_MAX && status >= BATON_REFUSAL_MIN;
}

/** The type's name, or the name of a scalar's tag. */
static inline const char *baton_type_name(const baton_value *value) {
  static const char *const scalars[] = {"none", "bool", "i64",
                                        "f64",  "u64",  "error kind"};
  if (baton_is_object(value)) return value->head.type->name;
  if (value->head.tag <= BATON_TAG_ERROR_KIND) return scalars[value->head.tag];
  return "scalar of unknown tag";
}

/** The kind of an error: OTHER if it is no error at all. */
static inline uint32_t baton_error_kind(const baton_value *error) {
  uint32_t kind = BATON_ERROR_OTHER;
  if (error->head.tag == BATON_TAG_ERROR_KIND)
    return (uint32_t)error->payload.u64;
  if (baton_is_object(error) && error->head.type->as_error)
    error->head.type->as_error->kind(error, &kind);
  return kind;
}

static inline int baton_is_error(const baton_value *value) {
  return value->head.tag == BATON_TAG_ERROR_KIND ||
         (baton_is_object(value) && value->head.type->as_error);
}

/** Finds an extension of an object's type; null if it has none such. */
static inline const void *baton_find(const baton_value *value, const char *id) {
  const void *table = NULL;
  const baton_type *type = value->head.type;
  if (!baton_is_object(value) || !type->query) return NULL;
  return type->query(value, id, &table) == BATON_OK ? table : NULL;
}

/** The link of an object whose type has `as_link`. */
static inline baton_link *baton_link_of(const baton_value *value) {
  return (baton_link *)(void *)((char *)value->payload.object +
                                value->head.type->as_link->link_offset);
}

/** Chain level calls, by the names that the slots have. */
static inline int32_t baton_send(const baton_value *self, baton_context *cx,
                                 baton_value *in, baton_value *out) {
  return self->head.type->as_coroutine->send(self, cx, in, out);
}

static inline int32_t baton_throw(const baton_value *self, baton_context *cx,
                                  baton_value *error, baton_value *out) {
  return self->head.type->as_coroutine->throw_(self, cx, error, out);
}

#ifdef __cplusplus
}
#endif

#endif
