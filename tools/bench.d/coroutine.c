/* SPDX-License-Identifier: MIT */
/*
 * The coroutines that most measurements are about, made by either copy of the
 * library, and what it costs to resume one.
 */
#include <stdlib.h>

#include "bench.h"

/* ---- ticker: yields 1, 2, 3, ... ---------------------------------------- */

typedef struct ticker_frame {
  int64_t number;
  int64_t reserved0;
} ticker_frame;

static int32_t BATON_CALL tick(const baton_value *self, baton_context *cx,
                               uint32_t op, baton_value *in, baton_value *out) {
  ticker_frame *frame = baton_coro_frame(self);
  (void)cx;
  if (op == BATON_OP_THROW) {
    *out = baton_take(in);
    return BATON_ERROR;
  }
  *out = baton_from_i64(++frame->number);
  return BATON_YIELD;
}

/* ---- relay: awaits one value -------------------------------------------- */

typedef struct relay_frame {
  baton_value child;
} relay_frame;

static int32_t BATON_CALL relay(const baton_value *self, baton_context *cx,
                                uint32_t op, baton_value *in,
                                baton_value *out) {
  relay_frame *frame = baton_coro_frame(self);
  (void)cx;
  if (op == BATON_OP_SEND && !baton_is_none(&frame->child)) {
    *out = baton_take(&frame->child);
    return BATON_AWAIT;
  }
  *out = baton_take(in);
  return op == BATON_OP_THROW ? BATON_ERROR : BATON_RETURN;
}

/* ---- Making them -------------------------------------------------------- */

#define BODY(name, frame, values, resume, flags) \
  {sizeof(baton_body),                           \
   BATON_KIND_COROUTINE,                         \
   0,                                            \
   (flags),                                      \
   sizeof(frame),                                \
   0,                                            \
   (values),                                     \
   0,                                            \
   name,                                         \
   NULL,                                         \
   NULL,                                         \
   NULL,                                         \
   resume,                                       \
   NULL,                                         \
   NULL,                                         \
   NULL}

static const baton_body tickers[] = {
    BODY("ticker", ticker_frame, 0, tick, 0),
    BODY("shared ticker", ticker_frame, 0, tick, BATON_BODY_SHARED)};
static const baton_body relays = BODY("relay", relay_frame, 1, relay, 0);

static baton_value make(bench_maker *maker, const baton_body *body) {
  baton_value made = baton_none();
  bench_check(maker(body, &made) == BATON_OK, "no memory");
  return made;
}

baton_value bench_ticker(unsigned flags) {
  return make(baton_coro_new, &tickers[(flags & BATON_BODY_SHARED) != 0]);
}

baton_value bench_chain(uint64_t depth, bench_maker *other) {
  bench_maker *const makers[] = {baton_coro_new,
                                 other ? other : baton_coro_new};
  baton_value chain = make(makers[(depth - 1) % 2], &tickers[0]);
  for (uint64_t left = depth - 1; left > 0; left--) {
    baton_value made = make(makers[(left - 1) % 2], &relays);
    ((relay_frame *)baton_coro_frame(&made))->child = chain;
    chain = made;
  }
  return chain;
}

/* ---- Resuming ----------------------------------------------------------- */

static void *keep(baton_value made) {
  baton_value *kept = malloc(sizeof *kept);
  bench_check(kept != NULL, "no memory");
  *kept = made;
  bench_resume(kept, 3);
  return kept;
}

static void *open_ticker(const bench_case *self) {
  return keep(bench_ticker((unsigned)self->size));
}

static void *open_chain(const bench_case *self) {
  return keep(bench_chain(self->size, NULL));
}

static void *open_mixed(const bench_case *self) {
  if (!bench_other) return NULL;
  return keep(bench_chain(self->size, bench_other));
}

static double run(void *state, uint64_t count) {
  return bench_resume(state, count);
}

static void let_go(void *state) {
  baton_drop(state);
  free(state);
}

const bench_case bench_resumes[] = {
    {"resume, plain guard", open_ticker, run, let_go, 0},
    {"resume, shared guard", open_ticker, run, let_go, BATON_BODY_SHARED},
    {NULL, NULL, NULL, NULL, 0}};

const bench_case bench_chains[] = {
    {"chain of 1", open_chain, run, let_go, 1},
    {"chain of 10", open_chain, run, let_go, 10},
    {"chain of 100", open_chain, run, let_go, 100},
    {"chain of 1000", open_chain, run, let_go, 1000},
    {"chain of 10000", open_chain, run, let_go, 10000},
    {"chain of 100000", open_chain, run, let_go, 100000},
    {"mixed chain of 1", open_mixed, run, let_go, 1},
    {"mixed chain of 10", open_mixed, run, let_go, 10},
    {"mixed chain of 100", open_mixed, run, let_go, 100},
    {"mixed chain of 1000", open_mixed, run, let_go, 1000},
    {"mixed chain of 10000", open_mixed, run, let_go, 10000},
    {"mixed chain of 100000", open_mixed, run, let_go, 100000},
    {NULL, NULL, NULL, NULL, 0}};
