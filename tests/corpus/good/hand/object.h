/* SPDX-License-Identifier: MIT */
#ifndef HAND_OBJECT_H
#define HAND_OBJECT_H

#include <baton/baton.h>
#include <baton/inline.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** @file
 * What the provider is made of: a body, and the object that runs one.
 */

#ifndef HAND_FIELDS
#define HAND_FIELDS
#endif

typedef struct hand hand;
typedef struct hand_nap_state hand_nap_state;

/** Runs a body to its next stop, as `as_link.resume` does: RETURN, ERROR,
 * YIELD, PENDING, AWAIT with the awaitable in `*out`, ITEM. */
typedef int32_t hand_resume(hand *self, baton_context *cx, uint32_t op,
                            baton_value *in, baton_value *out);

typedef struct hand_body {
  const char *name; /* of the export: "kit.give" */
  uint32_t kind;    /* BATON_KIND_COROUTINE to _ASYNC_GENERATOR */
  /** The members of `hand` that take the arguments, in order: "xy". "*": any
   * number, for `items`. */
  const char *arguments;
  hand_resume *resume;
} hand_body;

/** What is delegated to. As in a link: `owner` is none if `handle` is owned. */
typedef struct hand_child {
  baton_value owner;
  baton_value handle;
} hand_child;

struct hand {
  atomic_uint references;
  atomic_uint state; /* BATON_CREATED ... BATON_CLOSED */
  const hand_body *body;
  uint32_t label;   /* where the body goes on; 0: not started */
  uint32_t closing; /* the child is being closed: generator-exit is next */
  uint32_t exiting; /* got generator-exit from a close, and has not ended */
  int32_t status;   /* what a cleanup will end with, the value being in `v` */
  hand_child child;
  baton_value x, y, v; /* the arguments; a body may reuse them */
  hand_nap_state *nap;
  atomic_uint claimed; /* an async generator: by one of its awaitables */
  atomic_uint retired; /* an async generator: see spec/states.md */
  HAND_FIELDS
  uint64_t count, next; /* of `items` */
  baton_value items[];
};

/** The awaitable of asend, athrow or aclose: one turn of a generator. */
typedef struct hand_turn {
  atomic_uint references;
  atomic_uint busy;
  uint32_t mode;    /* HAND_MODE_ASEND ... */
  uint32_t life;    /* HAND_LIFE_INIT ... */
  uint32_t exiting; /* a close was suspended; what follows is its end */
  baton_value generator;
  baton_value value; /* what asend sends, or athrow throws */
} hand_turn;

enum { HAND_MODE_ASEND, HAND_MODE_ATHROW, HAND_MODE_ACLOSE };
enum { HAND_LIFE_INIT, HAND_LIFE_ITER, HAND_LIFE_CLOSED };

/** Beside BATON_OP_SEND and _THROW, for a child: close it. */
enum { HAND_OP_CLOSE = 2 };

#define HAND_FRAMES (2 * BATON_FRAMES_KEPT)

typedef struct hand_error {
  atomic_uint references;
  uint32_t kind;
  pthread_mutex_t lock; /* of the frames */
  uint64_t added;       /* frames ever added; the last 32 form a ring */
  baton_frame frames[HAND_FRAMES];
  struct hand_string *strings; /* of the frames; they live as long as it does */
  baton_value cause, context;
  uint64_t size;
  char message[];
} hand_error;

typedef struct hand_text {
  atomic_uint references;
  uint64_t size;
  char data[];
} hand_text;

/** Wakes whoever waits in kit.run. */
typedef struct hand_bell {
  baton_waker waker;
  atomic_uint references;
  pthread_mutex_t lock;
  pthread_cond_t rung;
  int wakes;
} hand_bell;

static inline hand *hand_of(const baton_value *self) {
  return self->payload.object;
}

static inline hand_turn *hand_turn_of(const baton_value *self) {
  return self->payload.object;
}

static inline hand_error *hand_error_of(const baton_value *self) {
  return self->payload.object;
}

static inline hand_text *hand_text_of(const baton_value *self) {
  return self->payload.object;
}

#endif
