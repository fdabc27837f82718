/* SPDX-License-Identifier: MIT */
/*
 * The provider of by_hand_provider.c, with libbaton.
 *
 * The author writes one body. States, refusals, messages, counting, names and
 * introspection come with it.
 */
#include <baton/author.h>

typedef struct countdown_frame {
  baton_place at;
  int64_t start, left, sum;
} countdown_frame;

BATON_RESUME(countdown_resume) {
  baton_begin(countdown_frame, f);
  while (f->left > 0) {
    baton_try_yield(baton_from_i64(f->left--));
    if (op == BATON_OP_SEND) {
      if (in->head.tag == BATON_TAG_I64) f->sum += in->payload.i64;
    } else if (baton_error_kind(in) == BATON_ERROR_VALUE) {
      f->left = f->start;
    } else {
      baton_raise(baton_take(in));
    }
  }
  baton_return(baton_from_i64(f->sum));
  baton_cleanup;
  baton_end;
}

BATON_CORO(countdown, countdown_resume, countdown_frame, at, 0);

static int32_t BATON_CALL countdown_create(const baton_export *self,
                                           baton_context *cx,
                                           baton_value *arguments,
                                           uint64_t count, baton_value *out) {
  (void)self, (void)cx;
  if (count != 1 || arguments->head.tag != BATON_TAG_I64)
    return BATON_INVALID_ARGUMENT;
  int32_t status = baton_coro_new(&countdown, out);
  if (status != BATON_OK) return status;
  countdown_frame *f = baton_coro_frame(out);
  f->start = f->left = baton_take(arguments).payload.i64;
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
                                          .name = "libbaton",
                                          .version = "1.0.0",
                                          .language = "c",
                                          .exports = exports,
                                          .export_count = 1};
  return &provider;
}
