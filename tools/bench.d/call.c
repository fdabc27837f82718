/* SPDX-License-Identifier: MIT */
/*
 * The floor: an indirect call, and one slot call of a provider that was
 * written by hand at the chain level. Both yield 1, 2, 3, ...
 */
#include "bench.h"

#include <stdlib.h>

typedef struct counter {
  int64_t number;
} counter;

/* ---- An indirect call --------------------------------------------------- */

static int64_t next(counter *self) { return ++self->number; }

/* Volatile: the compiler does not know what is called. */
static int64_t (*volatile callback)(counter *self) = next;

static double run_indirect(void *state, uint64_t count) {
  counter *self = state;
  uint64_t sum = 0;
  double began = bench_now();
  for (uint64_t i = 0; i < count; i++) sum += (uint64_t)callback(self);
  double took = bench_now() - began;
  bench_sink += sum;
  return took / (double)count;
}

/* ---- A slot by hand ----------------------------------------------------- */

static int32_t BATON_CALL counter_send(const baton_value *self,
                                       baton_context *cx, baton_value *in,
                                       baton_value *out) {
  counter *counted = self->payload.object;
  (void)cx;
  (void)in;
  *out = baton_from_i64(++counted->number);
  return BATON_YIELD;
}

static int32_t BATON_CALL counter_throw(const baton_value *self,
                                        baton_context *cx, baton_value *error,
                                        baton_value *out) {
  (void)self;
  (void)cx;
  *out = baton_take(error);
  return BATON_ERROR;
}

static int32_t BATON_CALL counter_close(const baton_value *self,
                                        baton_context *cx, baton_value *out) {
  (void)self;
  (void)cx;
  (void)out;
  return BATON_RETURN;
}

static int32_t BATON_CALL counter_keep(const baton_value *self) {
  (void)self;
  return BATON_OK;
}

static const baton_coroutine_methods counter_coroutine = {
    sizeof(baton_coroutine_methods), 0, counter_send, counter_throw,
    counter_close};

static const baton_type counter_type = {.struct_size = sizeof(baton_type),
                                        .abi_major = BATON_ABI_MAJOR,
                                        .abi_minor = BATON_ABI_MINOR,
                                        .magic = BATON_TYPE_MAGIC,
                                        .name = "counter",
                                        .retain = counter_keep,
                                        .release = counter_keep,
                                        .as_coroutine = &counter_coroutine};

static const baton_type *volatile counter_met = &counter_type;

static double run_slot(void *state, uint64_t count) {
  baton_value self = baton_from_object(counter_met, state);
  return bench_resume(&self, count);
}

/* ---- A guard by itself -------------------------------------------------- */

static int swap(uint8_t *guard, uint8_t from, uint8_t to) {
  return __atomic_compare_exchange_n(guard, &from, to, 0, __ATOMIC_ACQ_REL,
                                     __ATOMIC_ACQUIRE);
}

/* What a shared coroutine does more than a plain one, at most. */
static double run_swaps(void *state, uint64_t count) {
  uint8_t *guard = state, failures = 0;
  *guard = BATON_SUSPENDED;
  double began = bench_now();
  for (uint64_t i = 0; i < count; i++) {
    failures |= !swap(guard, BATON_SUSPENDED, BATON_RUNNING);
    failures |= !swap(guard, BATON_RUNNING, BATON_SUSPENDED);
  }
  double took = bench_now() - began;
  bench_check(failures == 0, "the guard was not free");
  return took / (double)count;
}

/* ---- Cases -------------------------------------------------------------- */

double bench_resume(const baton_value *coroutine, uint64_t count) {
  const baton_value *volatile hidden = coroutine;
  const baton_value *self = hidden;
  baton_context cx = bench_context();
  baton_value in = baton_none(), out = baton_none();
  uint64_t sum = 0, failures = 0;
  double began = bench_now();
  for (uint64_t i = 0; i < count; i++) {
    failures += baton_send(self, &cx, &in, &out) != BATON_YIELD;
    sum += baton_take(&out).payload.u64;
  }
  double took = bench_now() - began;
  bench_check(failures == 0, "a ticker did not yield");
  bench_sink += sum;
  return took / (double)count;
}

static void *open_counter(const bench_case *self) {
  counter *made = calloc(1, sizeof *made);
  (void)self;
  bench_check(made != NULL, "no memory");
  return made;
}

const bench_case bench_calls[] = {
    {"indirect call", open_counter, run_indirect, free, 0},
    {"raw slot call", open_counter, run_slot, free, 0},
    {"compare-and-swap pair", open_counter, run_swaps, free, 0},
    {NULL, NULL, NULL, NULL, 0}};
