/* SPDX-License-Identifier: MIT */
/*
 * Waiting: items of an async generator, one wake among a group's children,
 * and a round trip between baton_block_on and a thread that wakes it.
 */
#define _POSIX_C_SOURCE 200809L

#include <baton/author.h>
#include <pthread.h>
#include <stdlib.h>

#include "bench.h"

/* ---- Items of an async generator ---------------------------------------- */

typedef struct count_frame {
  baton_place at;
  int64_t number;
  uint64_t limit;
} count_frame;

BATON_RESUME(count_resume) {
  baton_begin(count_frame, f);
  for (; f->limit > 0; f->limit--) baton_item(baton_from_i64(++f->number));
  baton_cleanup;
  baton_end;
}

BATON_ASYNC_GENERATOR(counts, count_resume, count_frame, at, 0);

typedef struct sum_frame {
  baton_place at;
  baton_value items;
  int64_t total;
} sum_frame;

BATON_RESUME(sum_resume) {
  baton_begin(sum_frame, f);
  baton_async_for(&f->items) f->total += in->payload.i64;
  baton_return(baton_from_i64(f->total));
  baton_cleanup;
  baton_end;
}

BATON_CORO(sum, sum_resume, sum_frame, items, 1);

static void *open_nothing(const bench_case *self) {
  return malloc(1 + self->size);
}

static double run_items(void *state, uint64_t count) {
  baton_context cx = bench_context();
  baton_value consumer = baton_none(), in = baton_none(), out = baton_none();
  (void)state;
  bench_check(baton_coro_new(&sum, &consumer) == BATON_OK, "no memory");
  baton_value *items = &((sum_frame *)baton_coro_frame(&consumer))->items;
  bench_check(baton_coro_new(&counts, items) == BATON_OK, "no memory");
  ((count_frame *)baton_coro_frame(items))->limit = count;
  double began = bench_now();
  int32_t status = baton_send(&consumer, &cx, &in, &out);
  double took = bench_now() - began;
  bench_check(status == BATON_RETURN, "the sum did not return");
  bench_sink += baton_take(&out).payload.u64;
  baton_drop(&consumer);
  return took / (double)count;
}

/* ---- sleeper: waits to be woken, again and again ------------------------ */

typedef struct sleeper_frame {
  const baton_waker **place; /* where it leaves its clone of the waker */
  const baton_waker *met;    /* what that was cloned from */
  uint64_t rest;             /* wakes until it returns */
  void (*suspends)(void *arg);
  void *arg;
} sleeper_frame;

static void sleeper_keep(sleeper_frame *frame, const baton_waker *waker) {
  if (frame->met == waker) return;
  if (frame->met) (*frame->place)->methods->drop(*frame->place);
  frame->met = waker;
  if (!waker) return;
  bench_check(waker->methods->clone(waker, frame->place) == BATON_OK,
              "no memory");
}

static int32_t BATON_CALL sleep_resume(const baton_value *self,
                                       baton_context *cx, uint32_t op,
                                       baton_value *in, baton_value *out) {
  sleeper_frame *frame = baton_coro_frame(self);
  if (op == BATON_OP_THROW || frame->rest-- == 0) {
    sleeper_keep(frame, NULL);
    *out = baton_take(in);
    return op == BATON_OP_THROW ? BATON_ERROR : BATON_RETURN;
  }
  sleeper_keep(frame, cx->waker);
  if (frame->suspends) frame->suspends(frame->arg);
  return BATON_PENDING;
}

static const baton_body sleeper = {sizeof(baton_body),
                                   BATON_KIND_COROUTINE,
                                   0,
                                   0,
                                   sizeof(sleeper_frame),
                                   0,
                                   0,
                                   0,
                                   "sleeper",
                                   NULL,
                                   NULL,
                                   NULL,
                                   sleep_resume,
                                   NULL,
                                   NULL,
                                   NULL};

static baton_value sleeper_new(sleeper_frame frame) {
  baton_value made = baton_none();
  bench_check(baton_coro_new(&sleeper, &made) == BATON_OK, "no memory");
  *(sleeper_frame *)baton_coro_frame(&made) = frame;
  return made;
}

/* ---- One wake among many ------------------------------------------------ */

static int32_t BATON_CALL same_clone(const baton_waker *self,
                                     const baton_waker **out) {
  *out = self;
  return BATON_OK;
}

static int32_t BATON_CALL no_wake(const baton_waker *self) {
  (void)self;
  return BATON_OK;
}

static const baton_waker_methods loop_methods = {
    sizeof(baton_waker_methods), 0, same_clone, no_wake, no_wake, no_wake};
static const baton_waker loop_waker = {&loop_methods};

typedef struct crowd {
  baton_value group;
  uint64_t size;
  const baton_waker *wakers[];
} crowd;

static int32_t step(crowd *self) {
  baton_context cx = bench_context();
  baton_value in = baton_none(), out = baton_none();
  cx.accepts = BATON_ACCEPT_PENDING;
  cx.waker = &loop_waker;
  return baton_send(&self->group, &cx, &in, &out);
}

static void *open_group(const bench_case *self) {
  crowd *made = malloc(sizeof *made + self->size * sizeof *made->wakers);
  baton_value *children = calloc(self->size, sizeof *children);
  bench_check(made && children, "no memory");
  made->size = self->size;
  for (uint64_t i = 0; i < self->size; i++)
    children[i] = sleeper_new(
        (sleeper_frame){&made->wakers[i], NULL, UINT64_MAX, NULL, NULL});
  bench_check(baton_group_new(BATON_GROUP_JOIN, children, self->size,
                              &made->group) == BATON_OK,
              "no memory");
  bench_check(step(made) == BATON_PENDING, "a group did not wait");
  free(children);
  return made;
}

/* Children are woken in no order that a cache would know. */
static double run_wakes(void *state, uint64_t count) {
  crowd *self = state;
  uint64_t failures = 0, at = 0;
  double began = bench_now();
  for (uint64_t i = 0; i < count; i++) {
    at = (at + 619) % self->size;
    self->wakers[at]->methods->wake_by_ref(self->wakers[at]);
    failures += step(self) != BATON_PENDING;
  }
  double took = bench_now() - began;
  bench_check(failures == 0, "a group did not wait");
  return took / (double)count;
}

static void close_group(void *state) {
  baton_drop(&((crowd *)state)->group);
  free(state);
}

/* ---- A round trip between threads --------------------------------------- */

/* Two threads take turns; the one of the `answerer` only answers. */
typedef struct turns {
  pthread_t answerer;
  pthread_mutex_t lock;
  pthread_cond_t asked, answered;
  uint64_t asks, answers;
  int over;
  const baton_waker *kept;  /* the coroutine's */
  const baton_waker *waker; /* how to answer; null: `answered` */
} turns;

static void *answer(void *arg) {
  turns *self = arg;
  pthread_mutex_lock(&self->lock);
  for (;;) {
    while (self->asks == self->answers && !self->over)
      pthread_cond_wait(&self->asked, &self->lock);
    if (self->over) break;
    self->answers++;
    if (self->waker)
      self->waker->methods->wake(self->waker);
    else
      pthread_cond_signal(&self->answered);
  }
  pthread_mutex_unlock(&self->lock);
  return NULL;
}

static void *open_turns(const bench_case *self) {
  turns *made = calloc(1, sizeof *made);
  (void)self;
  bench_check(made != NULL, "no memory");
  pthread_mutex_init(&made->lock, NULL);
  pthread_cond_init(&made->asked, NULL);
  pthread_cond_init(&made->answered, NULL);
  bench_check(pthread_create(&made->answerer, NULL, answer, made) == 0,
              "no thread");
  return made;
}

static void close_turns(void *state) {
  turns *self = state;
  pthread_mutex_lock(&self->lock);
  self->over = 1;
  pthread_cond_signal(&self->asked);
  pthread_mutex_unlock(&self->lock);
  pthread_join(self->answerer, NULL);
  pthread_cond_destroy(&self->asked);
  pthread_cond_destroy(&self->answered);
  pthread_mutex_destroy(&self->lock);
  free(self);
}

static double run_conditions(void *state, uint64_t count) {
  turns *self = state;
  double began = bench_now();
  pthread_mutex_lock(&self->lock);
  self->waker = NULL;
  for (uint64_t i = 0; i < count; i++) {
    self->asks++;
    pthread_cond_signal(&self->asked);
    while (self->answers != self->asks)
      pthread_cond_wait(&self->answered, &self->lock);
  }
  pthread_mutex_unlock(&self->lock);
  return (bench_now() - began) / (double)count;
}

/* The answerer gets a clone: the coroutine may be gone before its call ends. */
static void ask(void *arg) {
  turns *self = arg;
  pthread_mutex_lock(&self->lock);
  bench_check(self->kept->methods->clone(self->kept, &self->waker) == BATON_OK,
              "no memory");
  self->asks++;
  pthread_cond_signal(&self->asked);
  pthread_mutex_unlock(&self->lock);
}

static double run_block_on(void *state, uint64_t count) {
  turns *self = state;
  baton_value out = baton_none();
  baton_value made =
      sleeper_new((sleeper_frame){&self->kept, NULL, count, ask, self});
  double began = bench_now();
  int32_t status = baton_block_on(&made, &out);
  double took = bench_now() - began;
  bench_check(status == BATON_RETURN, "a sleeper did not return");
  baton_drop(&out);
  baton_drop(&made);
  return took / (double)count;
}

const bench_case bench_wakes[] = {
    {"async generator, item", open_nothing, run_items, free, 0},
    {"group of 1, wake", open_group, run_wakes, close_group, 1},
    {"group of 1000, wake", open_group, run_wakes, close_group, 1000},
    {"condition variables, round trip", open_turns, run_conditions, close_turns,
     0},
    {"block_on, round trip", open_turns, run_block_on, close_turns, 0},
    {NULL, NULL, NULL, NULL, 0}};
