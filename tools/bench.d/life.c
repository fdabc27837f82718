/* SPDX-License-Identifier: MIT */
/*
 * A whole life: create, run to the end, destroy; beside malloc and free of a
 * block of the same size. One at a time, which is what malloc is best at, and
 * 100 at a time.
 */
#include <stdlib.h>

#include "bench.h"

static int32_t BATON_CALL ready(const baton_value *self, baton_context *cx,
                                uint32_t op, baton_value *in,
                                baton_value *out) {
  (void)self;
  (void)cx;
  *out = baton_take(in);
  return op == BATON_OP_THROW ? BATON_ERROR : BATON_RETURN;
}

#define MANY 100

static void *open_body(const bench_case *self) {
  baton_body *body = calloc(1, sizeof *body);
  bench_check(body != NULL, "no memory");
  body->struct_size = sizeof *body;
  body->frame_size = (uint32_t)self->size;
  body->name = "ready";
  body->resume = ready;
  return body;
}

static double run_life(void *state, uint64_t count) {
  const baton_body *body = state;
  baton_context cx = bench_context();
  baton_value in = baton_none(), out = baton_none();
  int failures = 0;
  double began = bench_now();
  for (uint64_t i = 0; i < count; i++) {
    baton_value made = baton_none();
    failures |= baton_coro_new(body, &made);
    failures |= baton_send(&made, &cx, &in, &out);
    baton_drop(&made);
  }
  double took = bench_now() - began;
  bench_check(failures == 0, "a coroutine did not return");
  return took / (double)count;
}

static double run_lives(void *state, uint64_t count) {
  const baton_body *body = state;
  baton_context cx = bench_context();
  baton_value in = baton_none(), out = baton_none(), made[MANY];
  int failures = 0;
  double began = bench_now();
  for (uint64_t done = 0; done < count; done += MANY) {
    for (int i = 0; i < MANY; i++) failures |= baton_coro_new(body, &made[i]);
    for (int i = 0; i < MANY; i++)
      failures |= baton_send(&made[i], &cx, &in, &out);
    for (int i = 0; i < MANY; i++) baton_drop(&made[i]);
  }
  double took = bench_now() - began;
  bench_check(failures == 0, "a coroutine did not return");
  return took / (double)((count + MANY - 1) / MANY * MANY);
}

/* ---- malloc and free ---------------------------------------------------- */

/* Volatile, or the compiler would leave both out. */
static void *(*volatile allocate)(size_t size) = malloc;
static void (*volatile release)(void *block) = free;

static void *open_size(const bench_case *self) {
  size_t *size = malloc(sizeof *size);
  bench_check(size != NULL, "no memory");
  *size = BENCH_HEADER + self->size;
  return size;
}

static double run_malloc(void *state, uint64_t count) {
  size_t size = *(size_t *)state;
  double began = bench_now();
  for (uint64_t i = 0; i < count; i++) release(allocate(size));
  return (bench_now() - began) / (double)count;
}

static double run_mallocs(void *state, uint64_t count) {
  size_t size = *(size_t *)state;
  void *made[MANY];
  double began = bench_now();
  for (uint64_t done = 0; done < count; done += MANY) {
    for (int i = 0; i < MANY; i++) made[i] = allocate(size);
    for (int i = 0; i < MANY; i++) release(made[i]);
  }
  double took = bench_now() - began;
  return took / (double)((count + MANY - 1) / MANY * MANY);
}

const bench_case bench_lives[] = {
    {"malloc + free, frame of 0", open_size, run_malloc, free, 0},
    {"life, frame of 0", open_body, run_life, free, 0},
    {"malloc + free, frame of 64", open_size, run_malloc, free, 64},
    {"life, frame of 64", open_body, run_life, free, 64},
    {"malloc + free, frame of 192", open_size, run_malloc, free, 192},
    {"life, frame of 192", open_body, run_life, free, 192},
    {"malloc + free, 100 at a time", open_size, run_mallocs, free, 64},
    {"life, 100 at a time", open_body, run_lives, free, 64},
    {NULL, NULL, NULL, NULL, 0}};
