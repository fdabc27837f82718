/* SPDX-License-Identifier: MIT */
/*
 * The peer of a chain: coroutines that delegate by calling the send of the
 * next one, as those of a library without links have to.
 */
#include <stdlib.h>

#include "bench.h"

typedef struct caller {
  baton_value child; /* none: the leaf */
  int64_t number;
  uint32_t state;
  uint32_t reserved0;
} caller;

static int32_t BATON_CALL caller_send(const baton_value *self,
                                      baton_context *cx, baton_value *in,
                                      baton_value *out) {
  caller *called = self->payload.object;
  int32_t status = BATON_YIELD;
  if (called->state == BATON_RUNNING) return BATON_BUSY;
  called->state = BATON_RUNNING;
  if (baton_is_none(&called->child))
    *out = baton_from_i64(++called->number);
  else
    status = baton_send(&called->child, cx, in, out);
  called->state = status == BATON_YIELD ? BATON_SUSPENDED : BATON_CLOSED;
  return status;
}

static int32_t BATON_CALL caller_throw(const baton_value *self,
                                       baton_context *cx, baton_value *error,
                                       baton_value *out) {
  (void)self;
  (void)cx;
  *out = baton_take(error);
  return BATON_ERROR;
}

static int32_t BATON_CALL caller_close(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  (void)self;
  (void)cx;
  (void)out;
  return BATON_RETURN;
}

static int32_t BATON_CALL caller_keep(const baton_value *self) {
  (void)self;
  return BATON_OK;
}

static const baton_coroutine_methods caller_coroutine = {
    sizeof(baton_coroutine_methods), 0, caller_send, caller_throw,
    caller_close};

static const baton_type caller_type = {.struct_size = sizeof(baton_type),
                                       .abi_major = BATON_ABI_MAJOR,
                                       .abi_minor = BATON_ABI_MINOR,
                                       .magic = BATON_TYPE_MAGIC,
                                       .name = "caller",
                                       .retain = caller_keep,
                                       .release = caller_keep,
                                       .as_coroutine = &caller_coroutine};

static void *open_callers(const bench_case *self) {
  caller *made = calloc(self->size, sizeof *made);
  bench_check(made != NULL, "no memory");
  for (uint64_t i = 1; i < self->size; i++)
    made[i - 1].child = baton_from_object(&caller_type, &made[i]);
  return made;
}

static double run(void *state, uint64_t count) {
  baton_value self = baton_from_object(&caller_type, state);
  return bench_resume(&self, count);
}

const bench_case bench_recursion[] = {
    {"recursive chain of 1", open_callers, run, free, 1},
    {"recursive chain of 10", open_callers, run, free, 10},
    {"recursive chain of 100", open_callers, run, free, 100},
    {"recursive chain of 1000", open_callers, run, free, 1000},
    {"recursive chain of 10000", open_callers, run, free, 10000},
    {NULL, NULL, NULL, NULL, 0}};
