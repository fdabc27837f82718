/* SPDX-License-Identifier: MIT */
/*
 * How long it takes to end a suspended chain, for each of its links: an error
 * thrown at the leaf that passes them all, and a close. What is freed on the
 * way counts; making the chain does not.
 */
#include <stdlib.h>

#include "bench.h"

typedef int32_t (*ending)(const baton_value *chain, baton_context *cx,
                          baton_value *out);

static int32_t end_by_kind(const baton_value *chain, baton_context *cx,
                           baton_value *out) {
  baton_value error = baton_from_kind(BATON_ERROR_VALUE);
  return baton_throw(chain, cx, &error, out);
}

/* An error with a message gets a frame from each link. */
static int32_t end_by_error(const baton_value *chain, baton_context *cx,
                            baton_value *out) {
  baton_value error = baton_error_new(BATON_ERROR_VALUE, "it ends");
  return baton_throw(chain, cx, &error, out);
}

static int32_t end_by_close(const baton_value *chain, baton_context *cx,
                            baton_value *out) {
  return chain->head.type->as_coroutine->close(chain, cx, out);
}

static double run(uint64_t depth, uint64_t count, ending end,
                  int32_t expected) {
  uint64_t chains = (count + depth - 1) / depth;
  double took = 0;
  for (uint64_t i = 0; i < chains; i++) {
    baton_context cx = bench_context();
    baton_value chain = bench_chain(depth, NULL), out = baton_none();
    bench_resume(&chain, 2);
    double began = bench_now();
    int32_t status = end(&chain, &cx, &out);
    took += bench_now() - began;
    bench_check(status == expected, "a chain did not end as it should");
    baton_drop(&out);
    baton_drop(&chain);
  }
  return took / (double)(chains * depth);
}

static double run_kind(void *state, uint64_t count) {
  return run(*(uint64_t *)state, count, end_by_kind, BATON_ERROR);
}

static double run_error(void *state, uint64_t count) {
  return run(*(uint64_t *)state, count, end_by_error, BATON_ERROR);
}

static double run_close(void *state, uint64_t count) {
  return run(*(uint64_t *)state, count, end_by_close, BATON_RETURN);
}

static void *open_depth(const bench_case *self) {
  uint64_t *depth = malloc(sizeof *depth);
  bench_check(depth != NULL, "no memory");
  *depth = self->size;
  return depth;
}

const bench_case bench_ends[] = {
    {"unwind, 100 links", open_depth, run_kind, free, 100},
    {"unwind, 1000 links", open_depth, run_kind, free, 1000},
    {"unwind, 100000 links", open_depth, run_kind, free, 100000},
    {"unwind with frames, 1000 links", open_depth, run_error, free, 1000},
    {"close, 100 links", open_depth, run_close, free, 100},
    {"close, 1000 links", open_depth, run_close, free, 1000},
    {"close, 100000 links", open_depth, run_close, free, 100000},
    {NULL, NULL, NULL, NULL, 0}};
