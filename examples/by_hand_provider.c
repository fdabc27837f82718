/* SPDX-License-Identifier: MIT */
/*
 * A provider written by hand: the headers, no library.
 *
 * Its coroutine yields n, n-1, ... 1, adds up what it is sent, and returns the
 * sum. An error of kind value makes it start again; any other ends it.
 */
#include <baton/baton.h>
#include <baton/inline.h>
#include <stdatomic.h>
#include <stdlib.h>

typedef struct countdown {
  atomic_uint references; /* release is legal on any thread */
  uint32_t state;         /* BATON_CREATED ... BATON_CLOSED */
  int64_t start, left, sum;
} countdown;

/* The body: runs to the next suspension or to the end. */
static int32_t countdown_step(countdown *self, baton_value *out) {
  self->state = self->left > 0 ? BATON_SUSPENDED : BATON_CLOSED;
  *out = baton_from_i64(self->left > 0 ? self->left-- : self->sum);
  return self->state == BATON_CLOSED ? BATON_RETURN : BATON_YIELD;
}

/* ---- Chain level: every slot checks the state --------------------------- */

static int32_t BATON_CALL countdown_send(const baton_value *value,
                                         baton_context *cx, baton_value *in,
                                         baton_value *out) {
  countdown *self = value->payload.object;
  (void)cx;
  if (self->state == BATON_CREATED && !baton_is_none(in)) {
    *out = baton_from_kind(BATON_ERROR_TYPE); /* and it stays CREATED */
    return BATON_ERROR;
  }
  if (self->state == BATON_RUNNING) return BATON_BUSY;
  if (self->state == BATON_CLOSED) return BATON_INVALID_STATE;
  self->state = BATON_RUNNING;
  if (in->head.tag == BATON_TAG_I64) self->sum += in->payload.i64;
  return countdown_step(self, out);
}

static int32_t BATON_CALL countdown_throw(const baton_value *value,
                                          baton_context *cx, baton_value *error,
                                          baton_value *out) {
  countdown *self = value->payload.object;
  (void)cx;
  if (!baton_is_error(error)) return BATON_INVALID_ARGUMENT;
  if (self->state == BATON_RUNNING) return BATON_BUSY;
  if (self->state == BATON_CLOSED) return BATON_INVALID_STATE;
  if (self->state == BATON_SUSPENDED &&
      baton_error_kind(error) == BATON_ERROR_VALUE) {
    self->left = self->start; /* handled: `error` stays the caller's */
    return countdown_step(self, out);
  }
  self->state = BATON_CLOSED;
  *out = baton_take(error); /* taken: none is left behind */
  return BATON_ERROR;
}

static int32_t BATON_CALL countdown_close(const baton_value *value,
                                          baton_context *cx, baton_value *out) {
  countdown *self = value->payload.object;
  (void)cx, (void)out; /* what it returns is none */
  if (self->state == BATON_RUNNING) return BATON_BUSY;
  self->state = BATON_CLOSED;
  return BATON_RETURN;
}

static int32_t BATON_CALL countdown_await(const baton_value *value,
                                          baton_context *cx, baton_value *out) {
  (void)cx;
  *out = *value; /* a coroutine is what to drive in order to await it */
  return BATON_LENT;
}

/* ---- The descriptor ----------------------------------------------------- */

static int32_t BATON_CALL countdown_retain(const baton_value *value) {
  atomic_fetch_add(&((countdown *)value->payload.object)->references, 1);
  return BATON_OK;
}

static int32_t BATON_CALL countdown_release(const baton_value *value) {
  countdown *self = value->payload.object;
  if (atomic_fetch_sub(&self->references, 1) == 1) free(self);
  return BATON_OK;
}

static const baton_async_methods countdown_as_async = {
    .struct_size = sizeof(baton_async_methods), .am_await = countdown_await};
static const baton_coroutine_methods countdown_as_coroutine = {
    .struct_size = sizeof(baton_coroutine_methods),
    .send = countdown_send,
    .throw_ = countdown_throw,
    .close = countdown_close};

static const baton_type countdown_type = {
    .struct_size = sizeof(baton_type),
    .abi_major = BATON_ABI_MAJOR,
    .abi_minor = BATON_ABI_MINOR,
    .magic = BATON_TYPE_MAGIC,
    .name = "countdown",
    .retain = countdown_retain,
    .release = countdown_release,
    .as_async = &countdown_as_async,
    .as_coroutine = &countdown_as_coroutine};

/* ---- What the library exports ------------------------------------------- */

static int32_t BATON_CALL countdown_create(const baton_export *self,
                                           baton_context *cx,
                                           baton_value *arguments,
                                           uint64_t count, baton_value *out) {
  (void)self, (void)cx;
  if (count != 1 || arguments->head.tag != BATON_TAG_I64)
    return BATON_INVALID_ARGUMENT;
  countdown *made = calloc(1, sizeof *made);
  if (!made) return BATON_NO_MEMORY;
  atomic_init(&made->references, 1);
  made->start = made->left = baton_take(arguments).payload.i64;
  *out = baton_from_object(&countdown_type, made);
  return BATON_OK;
}

static const baton_export countdown_export = {
    .struct_size = sizeof(baton_export),
    .name = "countdown",
    .summary = "yields n ... 1, returns the sum of what it is sent",
    .create = countdown_create};

static const baton_export *const exports[] = {&countdown_export};

const baton_provider *BATON_CALL baton_provider_v0(void); /* the one symbol */
const baton_provider *BATON_CALL baton_provider_v0(void) {
  static const baton_provider provider = {.struct_size = sizeof(baton_provider),
                                          .abi_major = BATON_ABI_MAJOR,
                                          .abi_minor = BATON_ABI_MINOR,
                                          .magic = BATON_PROVIDER_MAGIC,
                                          .name = "by-hand",
                                          .version = "1.0.0",
                                          .language = "c",
                                          .exports = exports,
                                          .export_count = 1};
  return &provider;
}
