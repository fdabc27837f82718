/* SPDX-License-Identifier: MIT */
#include <baton/baton.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* A provider as spec/provider.md tells, with the headers only: a coroutine
 * that yields what it is made with and returns what it is sent. */

const baton_provider *BATON_CALL baton_provider_v0(void);

static int live;

typedef struct echo {
  int count;
  uint32_t state;
  baton_value value;
} echo;

static const baton_type echo_type;

static echo *echo_of(const baton_value *self) { return self->payload.object; }

static baton_value take(baton_value *from) {
  baton_value value = *from;
  memset(from, 0, sizeof *from);
  return value;
}

static void drop(baton_value *value) {
  baton_value held = take(value);
  if (held.head.tag >= BATON_TAG_LIMIT) held.head.type->release(&held);
}

static int32_t BATON_CALL echo_retain(const baton_value *self) {
  echo_of(self)->count++;
  return BATON_OK;
}

static int32_t BATON_CALL echo_release(const baton_value *self) {
  echo *it = echo_of(self);
  if (--it->count) return BATON_OK;
  drop(&it->value);
  free(it);
  live--;
  return BATON_OK;
}

static int32_t BATON_CALL echo_await(const baton_value *self, baton_context *cx,
                                     baton_value *out) {
  (void)cx;
  *out = *self;
  return BATON_LENT;
}

static int32_t BATON_CALL echo_send(const baton_value *self, baton_context *cx,
                                    baton_value *in, baton_value *out) {
  echo *it = echo_of(self);
  (void)cx;
  if (it->state == BATON_CLOSED) return BATON_INVALID_STATE;
  if (it->state == BATON_CREATED) {
    if (in->head.tag != BATON_TAG_NONE) {
      out->head.tag = BATON_TAG_ERROR_KIND;
      out->payload.u64 = BATON_ERROR_TYPE;
      return BATON_ERROR;
    }
    it->state = BATON_SUSPENDED;
    *out = take(&it->value);
    return BATON_YIELD;
  }
  it->state = BATON_CLOSED;
  *out = take(in);
  return BATON_RETURN;
}

static int32_t BATON_CALL echo_throw(const baton_value *self, baton_context *cx,
                                     baton_value *error, baton_value *out) {
  echo *it = echo_of(self);
  (void)cx;
  if (it->state == BATON_CLOSED) return BATON_INVALID_STATE;
  it->state = BATON_CLOSED;
  drop(&it->value);
  *out = take(error);
  return BATON_ERROR;
}

static int32_t BATON_CALL echo_close(const baton_value *self, baton_context *cx,
                                     baton_value *out) {
  (void)cx;
  (void)out;
  echo_of(self)->state = BATON_CLOSED;
  drop(&echo_of(self)->value);
  return BATON_RETURN;
}

static const baton_async_methods echo_async = {sizeof(baton_async_methods), 0,
                                               echo_await, NULL, NULL};
static const baton_coroutine_methods echo_coroutine = {
    sizeof(baton_coroutine_methods), 0, echo_send, echo_throw, echo_close};

/* ---- What is exported ------------------------------------------------- */

static int32_t BATON_CALL create_echo(const baton_export *self,
                                      baton_context *cx, baton_value *arguments,
                                      uint64_t count, baton_value *out) {
  echo *made;
  (void)self;
  (void)cx;
  if (count != 1) {
    out->head.tag = BATON_TAG_ERROR_KIND;
    out->payload.u64 = BATON_ERROR_TYPE;
    return BATON_ERROR;
  }
  made = calloc(1, sizeof *made);
  if (!made) return BATON_NO_MEMORY;
  live++;
  made->count = 1;
  made->value = take(&arguments[0]);
  out->head.type = &echo_type;
  out->payload.object = made;
  return BATON_OK;
}

static int32_t BATON_CALL create_live(const baton_export *self,
                                      baton_context *cx, baton_value *arguments,
                                      uint64_t count, baton_value *out) {
  (void)self;
  (void)cx;
  (void)arguments;
  if (count != 0) return BATON_INVALID_ARGUMENT;
  out->head.tag = BATON_TAG_I64;
  out->payload.i64 = live;
  return BATON_OK;
}

static const baton_export echo_export = {
    sizeof(baton_export), 0, "echo", "yields its argument, returns its answer",
    create_echo};
static const baton_export live_export = {
    sizeof(baton_export), 0, "live", "how many echoes there are", create_live};
static const baton_export *const exports[] = {&echo_export, &live_export};

static int32_t BATON_CALL provider_query(const baton_provider *self,
                                         const char *id, const void **out) {
  static const uint64_t bytes[2] = {0x0123456789abcdefu, 0};
  static const baton_manifest manifest = {sizeof(baton_manifest), 0,
                                          (const uint8_t *)bytes, sizeof bytes};
  (void)self;
  *out = strcmp(id, BATON_EXT_MANIFEST) == 0 ? &manifest : NULL;
  return *out ? BATON_OK : BATON_UNSUPPORTED;
}

static const baton_provider provider = {sizeof(baton_provider),
                                        BATON_ABI_MAJOR,
                                        BATON_ABI_MINOR,
                                        BATON_PROVIDER_MAGIC,
                                        0,
                                        "echo",
                                        "0.3.1",
                                        "c",
                                        exports,
                                        2,
                                        provider_query,
                                        NULL};

static const baton_type echo_type = {sizeof(baton_type),
                                     BATON_ABI_MAJOR,
                                     BATON_ABI_MINOR,
                                     BATON_TYPE_MAGIC,
                                     0,
                                     0,
                                     "echo",
                                     echo_retain,
                                     echo_release,
                                     &provider,
                                     NULL,
                                     NULL,
                                     &echo_async,
                                     &echo_coroutine,
                                     NULL,
                                     NULL,
                                     NULL,
                                     NULL};

#if defined(__GNUC__)
__attribute__((visibility("default")))
#endif
const baton_provider *BATON_CALL
baton_provider_v0(void) {
  return &provider;
}
