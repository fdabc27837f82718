/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "bodies.h"
#include "drive.h"

/* The provider: each body, and the functions that are no coroutines. */

const baton_provider *BATON_CALL baton_provider_v0(void);

typedef struct made_export {
  baton_export base;
  const baton_body *body;
} made_export;

static int32_t BATON_CALL create_body(const baton_export *self,
                                      baton_context *cx, baton_value *arguments,
                                      uint64_t count, baton_value *out) {
  const made_export *own = (const made_export *)self;
  int32_t status;
  (void)cx;
  if (count > BODY_VALUES) return BATON_INVALID_ARGUMENT;
  status = baton_coro_new(own->body, out);
  if (status != BATON_OK) return status;
  baton_value *values = &((body_frame *)baton_coro_frame(out))->a;
  for (uint64_t i = 0; i < count; i++) values[i] = baton_take(&arguments[i]);
  return BATON_OK;
}

/* drive(object, script, witness [, second object]) */
static int32_t BATON_CALL create_drive(const baton_export *self,
                                       baton_context *cx,
                                       baton_value *arguments, uint64_t count,
                                       baton_value *out) {
  baton_value objects[2] = {baton_none(), baton_none()};
  baton_text_view script;
  (void)self, (void)cx, (void)out;
  if (count < 3 || baton_text_of(&arguments[1], &script) != BATON_OK)
    return BATON_INVALID_ARGUMENT;
  objects[0] = baton_take(&arguments[0]);
  if (count > 3) objects[1] = baton_take(&arguments[3]);
  drive(objects, script, words_witness(&arguments[2]));
  return BATON_OK;
}

static int32_t BATON_CALL create_blocks(const baton_export *self,
                                        baton_context *cx,
                                        baton_value *arguments, uint64_t count,
                                        baton_value *out) {
  baton_counters counters;
  (void)self, (void)cx, (void)arguments, (void)count;
  baton_thread_flush();
  baton_read_counters(&counters);
  *out = baton_from_u64(counters.blocks + counters.leaked);
  return BATON_OK;
}

static int32_t BATON_CALL create_ring(const baton_export *self,
                                      baton_context *cx, baton_value *arguments,
                                      uint64_t count, baton_value *out) {
  (void)self, (void)cx, (void)out;
  if (count != 1) return BATON_INVALID_ARGUMENT;
  bodies_ring(words_number(&arguments[0]));
  return BATON_OK;
}

static void BATON_CALL unawaited(void *arg, const baton_value *self) {
  (void)arg, (void)self; /* the scenarios drop some on purpose */
}

#define EXPORTS 40

static made_export made[EXPORTS];
static const baton_export *exports[EXPORTS];
static baton_provider provider = {.struct_size = sizeof provider,
                                  .abi_major = BATON_ABI_MAJOR,
                                  .abi_minor = BATON_ABI_MINOR,
                                  .magic = BATON_PROVIDER_MAGIC,
                                  .name = "interop-c",
                                  .version = "0",
                                  .language = "c",
                                  .exports = exports};

static void add(const char *name, const baton_body *body,
                int32_t(BATON_CALL *create)(const baton_export *,
                                            baton_context *, baton_value *,
                                            uint64_t, baton_value *)) {
  made_export *one = &made[provider.export_count];
  one->base = (baton_export){sizeof(baton_export), 0, name, name, create};
  one->body = body;
  exports[provider.export_count++] = &one->base;
}

__attribute__((visibility("default"))) const baton_provider *BATON_CALL
baton_provider_v0(void) {
  if (provider.export_count) return &provider;
  for (const body_entry *one = coroutine_bodies; one->name; one++)
    add(one->name, one->body, create_body);
  for (const body_entry *one = generator_bodies; one->name; one++)
    add(one->name, one->body, create_body);
  add("drive", NULL, create_drive);
  add("blocks", NULL, create_blocks);
  add("ring", NULL, create_ring);
  baton_set_unawaited_hook(unawaited, NULL);
  return &provider;
}
