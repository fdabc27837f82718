/* SPDX-License-Identifier: MIT */
#ifndef BAD_HOST_H
#define BAD_HOST_H

#include "exports.h"

/** @file
 * A host over hand: objects that have an identity.
 */

typedef struct host_object {
  atomic_uint references;
} host_object;

static int32_t BATON_CALL host_retain(const baton_value *self) {
  host_object *object = self->payload.object;
  atomic_fetch_add(&object->references, 1);
  return BATON_OK;
}

static int32_t BATON_CALL host_release(const baton_value *self) {
  host_object *object = self->payload.object;
  if (atomic_fetch_sub(&object->references, 1) == 1) HAND_FREE(object);
  return BATON_OK;
}

static const baton_type host_type = {.struct_size = sizeof(baton_type),
                                     .abi_major = BATON_ABI_MAJOR,
                                     .abi_minor = BATON_ABI_MINOR,
                                     .magic = BATON_TYPE_MAGIC,
                                     .name = "host.object",
                                     .retain = host_retain,
                                     .release = host_release,
                                     .provider = &HAND_PROVIDER};

/* @return BATON_OK, NO_MEMORY. */
static int32_t host_new(baton_value *out) {
  host_object *made = HAND_ALLOCATE(sizeof *made);
  if (!made) return BATON_NO_MEMORY;
  atomic_init(&made->references, 1);
  *out = baton_from_object(&host_type, made);
  return BATON_OK;
}

#ifndef HOST_CREATE
#define HOST_CREATE host_create
#endif

HAND_LOCAL int32_t BATON_CALL HOST_CREATE(const baton_export *self,
                                          baton_context *cx,
                                          baton_value *arguments,
                                          uint64_t count, baton_value *out);

/* kit.object(): a new object */
HAND_LOCAL int32_t BATON_CALL host_create(const baton_export *self,
                                          baton_context *cx,
                                          baton_value *arguments,
                                          uint64_t count, baton_value *out) {
  return count ? BATON_INVALID_ARGUMENT : host_new(out);
}

static const baton_export *more(size_t index) {
  static const baton_export made =
      HAND_BASE("kit.object", "an object of the host", HOST_CREATE);
  return index ? NULL : &made;
}

#endif
