/* SPDX-License-Identifier: MIT */

/** @file
 * Adopting a descriptor: the table of spec/versioning.md, in its order.
 */

#define HAND_REACHES(table, type, member) \
  ((table)->struct_size >=                \
   offsetof(type, member) + sizeof(((const type *)0)->member))

static const char *hand_prefix_fault(const baton_type *type) {
  if ((uintptr_t)type < BATON_TAG_LIMIT) return "no descriptor (TYP-2)";
  if ((uintptr_t)type % sizeof(void *))
    return "the descriptor is not aligned (TYP-2)";
  if (type->struct_size < BATON_TYPE_PREFIX_SIZE || type->struct_size > 65536)
    return "struct_size cannot be that of a descriptor (TYP-2)";
  if (type->magic != BATON_TYPE_MAGIC)
    return "magic is not BATON_TYPE_MAGIC (TYP-2)";
  return NULL;
}

static const char *hand_async_fault(const baton_async_methods *table) {
  if (table && !HAND_REACHES(table, baton_async_methods, am_anext))
    return "as_async: struct_size does not reach `am_anext` (TYP-5)";
  return NULL;
}

static const char *hand_coroutine_fault(const baton_coroutine_methods *table) {
  if (!table) return NULL;
  if (!HAND_REACHES(table, baton_coroutine_methods, close))
    return "as_coroutine: struct_size does not reach `close` (TYP-5)";
  if (!table->send) return "as_coroutine: `send` is null (TYP-5)";
  if (!table->throw_) return "as_coroutine: `throw_` is null (TYP-5)";
  if (!table->close) return "as_coroutine: `close` is null (TYP-5)";
  return NULL;
}

static const char *hand_link_fault(const baton_link_methods *table) {
  if (!table) return NULL;
  if (!HAND_REACHES(table, baton_link_methods, guard))
    return "as_link: struct_size does not reach `guard` (TYP-5)";
  if (!table->resume) return "as_link: `resume` is null (TYP-5)";
  return NULL;
}

static const char *hand_error_fault(const baton_error_methods *table) {
  if (!table) return NULL;
  if (!HAND_REACHES(table, baton_error_methods, add_frame))
    return "as_error: struct_size does not reach `add_frame` (TYP-5)";
  if (!table->kind) return "as_error: `kind` is null (TYP-5)";
  return NULL;
}

static const char *hand_suite_fault(const baton_type *type) {
  const char *fault = hand_coroutine_fault(type->as_coroutine);
  if (!fault) fault = hand_link_fault(type->as_link);
  if (!fault) fault = hand_async_fault(type->as_async);
  if (!fault) fault = hand_error_fault(type->as_error);
  return fault;
}

/* @return the first rule that the descriptor breaks, or null. */
HAND_LOCAL const char *hand_check(const baton_type *type) {
  const char *fault = hand_prefix_fault(type);
  if (fault) return fault;
  if (type->abi_major != BATON_ABI_MAJOR)
    return "abi_major differs: release and name only (VER-2)";
  if (type->flags & BATON_TYPE_CRITICAL)
    return "an unknown critical flag is set (TYP-3)";
  if (!type->name || !type->retain || !type->release)
    return "name, retain or release is null (TYP-5)";
  if (!HAND_REACHES(type, baton_type, query))
    return "struct_size does not reach `query` (VER-1)";
  return hand_suite_fault(type);
}

/* Whether it may be named and released, whatever else is wrong with it. */
static int hand_has_prefix(const baton_type *type) {
  return !hand_prefix_fault(type) && type->name && type->retain &&
         type->release;
}

static const char *hand_name_of(const baton_value *value) {
  if (baton_is_object(value) && !hand_has_prefix(value->head.type))
    return "a value without a descriptor";
  return baton_type_name(value);
}

/* Drops a value of which nothing is known yet. */
static void hand_drop(baton_value *value) {
  if (baton_is_object(value) && !hand_has_prefix(value->head.type))
    *value = baton_none();
  baton_drop(value);
}

static int hand_is_error(const baton_value *value) {
  if (baton_is_object(value) && HAND_CHECK(value->head.type)) return 0;
  return baton_is_error(value);
}

/* The table of an extension that is large enough to be used. */
static const void *hand_find(const baton_value *value, const char *id,
                             uint32_t size) {
  const uint32_t *struct_size;
  if (!baton_is_object(value) || HAND_CHECK(value->head.type)) return NULL;
  struct_size = baton_find(value, id);
  return struct_size && *struct_size >= size ? struct_size : NULL;
}

/* Reads an i64, or an object that stands for one. @return whether it is. */
static int hand_number(const baton_value *value, int64_t *out) {
  baton_value number = *value;
  const baton_scalar *scalar =
      hand_find(value, BATON_EXT_SCALAR, sizeof(baton_scalar));
  if (scalar && scalar->get(value, &number) != BATON_OK) return 0;
  *out = number.payload.i64;
  return number.head.tag == BATON_TAG_I64;
}
