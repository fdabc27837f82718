/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "bodies.h"
#include "manifest.h"
#include "nap.h"

/* The provider: the bodies, and the functions that are no coroutines. */

int value_is_same(const baton_value *a, const baton_value *b) {
  if (a->head.tag != b->head.tag) return 0;
  if (baton_is_none(a)) return 1;
  if (baton_is_object(a)) return a->payload.object == b->payload.object;
  return a->payload.u64 == b->payload.u64;
}

int value_number(const baton_value *value, int64_t *out) {
  const baton_scalar *scalar = baton_find(value, BATON_EXT_SCALAR);
  baton_value number = *value;
  if (scalar && scalar->get(value, &number) != BATON_OK) return 0;
  *out = number.payload.i64;
  return number.head.tag == BATON_TAG_I64;
}

/* ---- What `create` does ------------------------------------------------- */

int32_t BATON_CALL body_create(const baton_export *self, baton_context *cx,
                               baton_value *arguments, uint64_t count,
                               baton_value *out) {
  const body_export *own = (const body_export *)self;
  (void)cx;
  if (count != own->count) return BATON_INVALID_ARGUMENT;
  int32_t status = baton_coro_new(own->body, out);
  if (status != BATON_OK || count == 0) return status;
  baton_value *values = &((body_frame *)baton_coro_frame(out))->a;
  for (uint64_t i = 0; i < count; i++) values[i] = baton_take(&arguments[i]);
  return BATON_OK;
}

/* kit.nap(): PENDING until a thread has ended it */
static int32_t BATON_CALL nap_create(const baton_export *self,
                                     baton_context *cx, baton_value *arguments,
                                     uint64_t count, baton_value *out) {
  (void)self, (void)cx, (void)arguments;
  return count == 0 ? baton_coro_new(nap_body, out) : BATON_INVALID_ARGUMENT;
}

/* kit.run(x): drives x here and now. Taken only if that succeeds (PRV-3). */
static int32_t BATON_CALL run_create(const baton_export *self,
                                     baton_context *cx, baton_value *arguments,
                                     uint64_t count, baton_value *out) {
  (void)self, (void)cx;
  if (count != 1) return BATON_INVALID_ARGUMENT;
  int32_t status = baton_block_on(arguments, out);
  if (status == BATON_RETURN) baton_drop(arguments);
  return status;
}

/* kit.same(a, b): whether they are one and the same */
static int32_t BATON_CALL same_create(const baton_export *self,
                                      baton_context *cx, baton_value *arguments,
                                      uint64_t count, baton_value *out) {
  (void)self, (void)cx;
  if (count != 2) return BATON_INVALID_ARGUMENT;
  *out = baton_from_bool(value_is_same(&arguments[0], &arguments[1]));
  baton_drop(&arguments[0]);
  baton_drop(&arguments[1]);
  return BATON_OK;
}

/* kit.live(): how many blocks the library holds */
static int32_t BATON_CALL live_create(const baton_export *self,
                                      baton_context *cx, baton_value *arguments,
                                      uint64_t count, baton_value *out) {
  baton_counters counters;
  (void)self, (void)cx, (void)arguments;
  if (count != 0) return BATON_INVALID_ARGUMENT;
  naps_wait();
  baton_thread_flush();
  baton_read_counters(&counters);
  *out = baton_from_u64(counters.blocks + counters.leaked);
  return BATON_OK;
}

/* ---- The provider ------------------------------------------------------- */

static const baton_export functions[] = {
    {sizeof(baton_export), 0, "kit.nap", "is woken by a thread", nap_create},
    {sizeof(baton_export), 0, "kit.run", "drives x to its end", run_create},
    {sizeof(baton_export), 0, "kit.same", "whether two are one", same_create},
    {sizeof(baton_export), 0, "kit.live", "counts blocks", live_create}};

static int32_t BATON_CALL query(const baton_provider *self, const char *id,
                                const void **out) {
  static const baton_manifest manifest = {
      sizeof manifest, 0, baton_manifest_data.bytes, BATON_MANIFEST_DATA_SIZE};
  (void)self;
  *out = strcmp(id, BATON_EXT_MANIFEST) == 0 ? &manifest : NULL;
  return *out ? BATON_OK : BATON_UNSUPPORTED;
}

static const baton_export *const exports[] = {
    &give_export.base,     &echo_export.base,   &fail_export.base,
    &raise_export.base,    &nil_export.base,    &true_export.base,
    &one_export.base,      &relay_export.base,  &pair_export.base,
    &rescue_export.base,   &guard_export.base,  &both_export.base,
    &alike_export.base,    &last_export.base,   &count_export.base,
    &delegate_export.base, &mirror_export.base, &tidy_export.base,
    &stubborn_export.base, &items_export,       &functions[0],
    &functions[1],         &functions[2],       &functions[3]};

BATON_API const baton_provider *BATON_CALL baton_provider_v0(void);
BATON_API const baton_provider *BATON_CALL baton_provider_v0(void) {
  static const baton_provider provider = {
      .struct_size = sizeof provider,
      .abi_major = BATON_ABI_MAJOR,
      .abi_minor = BATON_ABI_MINOR,
      .magic = BATON_PROVIDER_MAGIC,
      .name = "good-c",
      .version = "1.0.0",
      .language = "c",
      .exports = exports,
      .export_count = sizeof exports / sizeof exports[0],
      .query = query};
  return &provider;
}
