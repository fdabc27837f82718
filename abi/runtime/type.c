/* SPDX-License-Identifier: MIT */
#include "await.h"
#include "baton/runtime.h"

/* The smallest table that a driver can use: up to and with the member. */
#define REACHES(table, type, member) \
  ((table)->struct_size >=           \
   offsetof(type, member) + sizeof(((const type *)0)->member))

#define TABLE_MAX 65536u

static const char *coroutine_fault(const baton_coroutine_methods *table) {
  if (!table) return NULL;
  if (!REACHES(table, baton_coroutine_methods, close))
    return "as_coroutine: struct_size does not reach `close` (TYP-5)";
  if (!table->send) return "as_coroutine: `send` is null (TYP-5)";
  if (!table->throw_) return "as_coroutine: `throw_` is null (TYP-5)";
  if (!table->close) return "as_coroutine: `close` is null (TYP-5)";
  return NULL;
}

static const char *link_fault(const baton_link_methods *table) {
  if (!table) return NULL;
  if (!REACHES(table, baton_link_methods, guard))
    return "as_link: struct_size does not reach `guard` (TYP-5)";
  if (!table->resume) return "as_link: `resume` is null (TYP-5)";
  return NULL;
}

static const char *async_fault(const baton_async_methods *table) {
  if (table && !REACHES(table, baton_async_methods, am_anext))
    return "as_async: struct_size does not reach `am_anext` (TYP-5)";
  return NULL;
}

static const char *error_fault(const baton_error_methods *table) {
  if (!table) return NULL;
  if (!REACHES(table, baton_error_methods, add_frame))
    return "as_error: struct_size does not reach `add_frame` (TYP-5)";
  if (!table->kind) return "as_error: `kind` is null (TYP-5)";
  return NULL;
}

static const char *suite_fault(const baton_type *type) {
  const char *fault = coroutine_fault(type->as_coroutine);
  if (!fault) fault = link_fault(type->as_link);
  if (!fault) fault = async_fault(type->as_async);
  if (!fault) fault = error_fault(type->as_error);
  return fault;
}

static int32_t tell(const char **why, const char *sentence, int32_t status) {
  if (why) *why = sentence;
  return status;
}

static const char *prefix_fault(const baton_type *type) {
  if ((uintptr_t)type < BATON_TAG_LIMIT) return "no descriptor (TYP-2)";
  if ((uintptr_t)type % sizeof(void *))
    return "the descriptor is not aligned (TYP-2)";
  if (type->struct_size < BATON_TYPE_PREFIX_SIZE ||
      type->struct_size > TABLE_MAX)
    return "struct_size cannot be that of a descriptor (TYP-2)";
  if (type->magic != BATON_TYPE_MAGIC)
    return "magic is not BATON_TYPE_MAGIC (TYP-2)";
  return NULL;
}

/* @return whether name, retain and release, which any version has, are there.
 */
static int has_prefix_slots(const baton_type *type) {
  return type->name && type->retain && type->release;
}

int baton_can_release(const baton_type *type) {
  return !prefix_fault(type) && has_prefix_slots(type);
}

int32_t baton_type_check(const baton_type *type, const char **why) {
  const char *fault = prefix_fault(type);
  if (why) *why = NULL;
  if (fault) return tell(why, fault, BATON_INVALID_ARGUMENT);
  if (type->abi_major != BATON_ABI_MAJOR)
    return tell(why, "abi_major differs: release and name only (VER-2)",
                BATON_VERSION_MISMATCH);
  if (type->flags & BATON_TYPE_CRITICAL)
    return tell(why, "an unknown critical flag is set (TYP-3)",
                BATON_VERSION_MISMATCH);
  if (!has_prefix_slots(type))
    return tell(why, "name, retain or release is null (TYP-5)",
                BATON_INVALID_ARGUMENT);
  if (!REACHES(type, baton_type, query))
    return tell(why, "struct_size does not reach `query` (VER-1)",
                BATON_INVALID_ARGUMENT);
  fault = suite_fault(type);
  return fault ? tell(why, fault, BATON_INVALID_ARGUMENT) : BATON_OK;
}
