/* SPDX-License-Identifier: MIT */
#ifndef HOSTILE_H
#define HOSTILE_H

/** @file
 * A provider with one export, "act": a coroutine that yields 1 and returns 2.
 * It keeps the contract but for what a target does at a hook, a statement:
 *
 *   ON_LOAD     in a constructor        ON_ENTRY   in the entry
 *   ON_CREATE   in the slot create      ON_SEND    in the slot send
 *
 * In ON_SEND `in` and `out` are what the slot got. PROVIDER is what the entry
 * gives.
 */

#include <baton/baton.h>
#include <baton/inline.h>
#include <stdlib.h>

#ifndef ON_LOAD
#define ON_LOAD (void)0
#endif
#ifndef ON_ENTRY
#define ON_ENTRY (void)0
#endif
#ifndef ON_CREATE
#define ON_CREATE (void)0
#endif
#ifndef ON_SEND
#define ON_SEND (void)0
#endif
#ifndef PROVIDER
#define PROVIDER &act_provider
#endif
#ifndef EXPORT_COUNT
#define EXPORT_COUNT 1
#endif

typedef struct act {
  int references;
  uint32_t state;
} act;

static int32_t BATON_CALL act_send(const baton_value *value, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  act *self = (act *)value->payload.object;
  (void)cx;
  if (self->state == BATON_CLOSED) return BATON_INVALID_STATE;
  if (self->state == BATON_CREATED && !baton_is_none(in)) {
    *out = baton_from_kind(BATON_ERROR_TYPE);
    return BATON_ERROR;
  }
  ON_SEND;
  if (self->state == BATON_CREATED) {
    self->state = BATON_SUSPENDED;
    *out = baton_from_i64(1);
    return BATON_YIELD;
  }
  self->state = BATON_CLOSED;
  *out = baton_from_i64(2);
  return BATON_RETURN;
}

static int32_t BATON_CALL act_throw(const baton_value *value, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  act *self = (act *)value->payload.object;
  (void)cx;
  if (!baton_is_error(error)) return BATON_INVALID_ARGUMENT;
  if (self->state == BATON_CLOSED) return BATON_INVALID_STATE;
  self->state = BATON_CLOSED;
  *out = baton_take(error);
  return BATON_ERROR;
}

static int32_t BATON_CALL act_close(const baton_value *value, baton_context *cx,
                                    baton_value *out) {
  (void)cx;
  ((act *)value->payload.object)->state = BATON_CLOSED;
  *out = baton_none();
  return BATON_RETURN;
}

static int32_t BATON_CALL act_retain(const baton_value *value) {
  __atomic_add_fetch(&((act *)value->payload.object)->references, 1,
                     __ATOMIC_ACQ_REL);
  return BATON_OK;
}

static int32_t BATON_CALL act_release(const baton_value *value) {
  act *self = (act *)value->payload.object;
  if (__atomic_sub_fetch(&self->references, 1, __ATOMIC_ACQ_REL) == 0)
    free(self);
  return BATON_OK;
}

static const baton_coroutine_methods act_coroutine = {
    .struct_size = sizeof(baton_coroutine_methods),
    .send = act_send,
    .throw_ = act_throw,
    .close = act_close,
};

static const baton_type act_type = {
    .struct_size = sizeof(baton_type),
    .abi_major = BATON_ABI_MAJOR,
    .abi_minor = BATON_ABI_MINOR,
    .magic = BATON_TYPE_MAGIC,
    .name = "act",
    .retain = act_retain,
    .release = act_release,
    .as_coroutine = &act_coroutine,
};

static int32_t BATON_CALL act_create(const baton_export *self,
                                     baton_context *cx, baton_value *arguments,
                                     uint64_t count, baton_value *out) {
  act *made;
  (void)self;
  (void)cx;
  (void)arguments;
  if (count != 0) return BATON_INVALID_ARGUMENT;
  ON_CREATE;
  made = (act *)calloc(1, sizeof *made);
  if (!made) return BATON_NO_MEMORY;
  made->references = 1;
  *out = baton_from_object(&act_type, made);
  return BATON_OK;
}

static const baton_export act_export = {
    .struct_size = sizeof(baton_export),
    .name = "act",
    .summary = "yields 1, returns 2",
    .create = act_create,
};

static const baton_export *const act_exports[] = {&act_export};

static const baton_provider act_provider = {
    .struct_size = sizeof(baton_provider),
    .abi_major = BATON_ABI_MAJOR,
    .abi_minor = BATON_ABI_MINOR,
    .magic = BATON_PROVIDER_MAGIC,
    .name = "hostile",
    .version = "1.0.0",
    .language = "c",
    .exports = act_exports,
    .export_count = EXPORT_COUNT,
};

__attribute__((constructor)) static void act_load(void) { ON_LOAD; }

#ifdef __cplusplus
extern "C"
#endif
    __attribute__((visibility("default"))) const baton_provider *BATON_CALL
    baton_provider_v0(void) {
  ON_ENTRY;
  return PROVIDER;
}

#endif
