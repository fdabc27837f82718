/* SPDX-License-Identifier: MIT */
#ifndef BATON_AUTHOR_H
#define BATON_AUTHOR_H

#include <stddef.h>

#include <baton/runtime.h>

/** @file
 * Writing a coroutine in C so that it reads like one.
 *
 *     typedef struct { baton_place at; baton_value part; int i; } sum_frame;
 *
 *     BATON_RESUME(sum_resume) {
 *       baton_begin(sum_frame, f);
 *       for (f->i = 0; f->i < 3; f->i++) {
 *         baton_await(baton_take(&f->part));
 *         ...                                  // the result is in *in
 *       }
 *       baton_return(baton_from_i64(7));
 *       baton_cleanup;                         // runs on every way out
 *       baton_end;
 *     }
 *
 *     BATON_CORO(sum, sum_resume, sum_frame, part, 1);
 *
 * Locals that live across a suspension are members of the frame; its first
 * member is `baton_place at`. After a suspension the sent value is in `*in`.
 * An error thrown in goes to the cleanup, then on to whoever awaits, unless
 * the `baton_try_` form was used: then `op` is BATON_OP_THROW, the error is
 * in `*in`, and the body goes on. An error inside the cleanup ends the body.
 *
 * One suspension a line, none inside a switch of the body's own.
 */

/** Where a body is, and what it will end with. */
typedef struct baton_place {
  uint32_t label;      /**< 0: not started */
  uint32_t cleaning;   /**< the cleanup has begun */
  int32_t status;      /**< BATON_RETURN or BATON_ERROR, for the end */
  uint32_t line;       /**< where an error was raised; 0: at `label` */
  baton_value outcome; /**< the result or error, for the end */
} baton_place;

#ifdef __cplusplus
extern "C" {
#endif

/** Sets how the body will end, dropping what was set before; an error that is
 * replaced by another becomes its context. */
BATON_API void baton_place_set(baton_place *at, int32_t status,
                               baton_value *outcome);

/** Gives the end. */
static inline int32_t baton_place_end(baton_place *at, baton_value *out) {
  *out = baton_take(&at->outcome);
  return at->status;
}

/** Gives the error that it will end with, or null. */
static inline baton_value *baton_place_error(baton_place *at) {
  return at->status == BATON_ERROR ? &at->outcome : NULL;
}

/** Asks an async iterator for the awaitable of its next item. */
BATON_API int32_t baton_place_next(const baton_value *iterator,
                                   baton_context *cx, baton_value *out);

/** Whether a thrown error is the end of an iteration; if so it is dropped. */
static inline int baton_place_stop(baton_value *error) {
  if (baton_error_kind(error) != BATON_ERROR_STOP_ASYNC_ITERATION) return 0;
  baton_drop(error);
  return 1;
}

#ifdef __cplusplus
}
#endif

#define BATON_RESUME(name)                                                   \
  static int32_t BATON_CALL name(const baton_value *self, baton_context *cx, \
                                 uint32_t op, baton_value *in,               \
                                 baton_value *out)

/** Opens the body; `frame` points to its frame of type `type`. */
#define baton_begin(type, frame)                \
  type *frame = (type *)baton_coro_frame(self); \
  baton_place *baton_at = &frame->at;           \
  (void)cx;                                     \
  if (0) goto baton_unwind;                     \
  switch (baton_at->label) {                    \
    default:                                    \
      if (op == BATON_OP_THROW) goto baton_thrown

#define BATON_SUSPEND(status) \
  baton_at->label = __LINE__; \
  baton_at->line = 0;         \
  return (status);            \
  case __LINE__:

#define BATON_CHECK_THROWN \
  if (op == BATON_OP_THROW) goto baton_thrown

/** Suspends with a value for the outermost driver. */
#define baton_yield(value)     \
  do {                         \
    *out = (value);            \
    BATON_SUSPEND(BATON_YIELD) \
    BATON_CHECK_THROWN;        \
  } while (0)

/** Delegates to a value, moved in; its result will be in `*in`. */
#define baton_await(value)     \
  do {                         \
    *out = (value);            \
    BATON_SUSPEND(BATON_AWAIT) \
    BATON_CHECK_THROWN;        \
  } while (0)

/** Suspends until the waker of `cx`, which the body has kept, is woken. */
#define baton_wait()             \
  do {                           \
    BATON_SUSPEND(BATON_PENDING) \
    BATON_CHECK_THROWN;          \
  } while (0)

/** Hands an item to the consumer of an async generator. */
#define baton_item(value)     \
  do {                        \
    *out = (value);           \
    BATON_SUSPEND(BATON_ITEM) \
    BATON_CHECK_THROWN;       \
  } while (0)

/** As their namesakes, but a thrown error stays in `*in`: see `op`. */
#define baton_try_yield(value)  \
  do {                          \
    *out = (value);             \
    BATON_SUSPEND(BATON_YIELD); \
  } while (0)
#define baton_try_await(value)  \
  do {                          \
    *out = (value);             \
    BATON_SUSPEND(BATON_AWAIT); \
  } while (0)
#define baton_try_wait()          \
  do {                            \
    BATON_SUSPEND(BATON_PENDING); \
  } while (0)
#define baton_try_item(value)  \
  do {                         \
    *out = (value);            \
    BATON_SUSPEND(BATON_ITEM); \
  } while (0)

#define BATON_PASTE(a, b) BATON_PASTE_(a, b)
#define BATON_PASTE_(a, b) a##b

/**
 * Runs the statement that follows once per item of an async iterator, with
 * the item in `*in`. `iterator` points into the frame. `break` leaves the
 * iterator open.
 */
#define baton_async_for(iterator)                                 \
  for (;;)                                                        \
    if (1) {                                                      \
      int32_t baton_next = baton_place_next((iterator), cx, out); \
      if (baton_next != BATON_AWAIT) {                            \
        baton_drop(in);                                           \
        *in = baton_take(out);                                    \
        goto baton_thrown;                                        \
      }                                                           \
      BATON_SUSPEND(BATON_AWAIT)                                  \
      if (op == BATON_OP_THROW) {                                 \
        if (baton_place_stop(in)) break;                          \
        goto baton_thrown;                                        \
      }                                                           \
      goto BATON_PASTE(baton_each_, __LINE__);                    \
    } else                                                        \
      BATON_PASTE(baton_each_, __LINE__) :

/** Ends with a result, by way of the cleanup. */
#define baton_return(value)                                 \
  do {                                                      \
    baton_value baton_result = (value);                     \
    baton_place_set(baton_at, BATON_RETURN, &baton_result); \
    goto baton_unwind;                                      \
  } while (0)

/** Ends with an error, by way of the cleanup. */
#define baton_raise(error)                                \
  do {                                                    \
    baton_value baton_error = (error);                    \
    baton_place_set(baton_at, BATON_ERROR, &baton_error); \
    baton_at->line = __LINE__;                            \
    goto baton_unwind;                                    \
  } while (0)

/** Ends with the error that a refusal becomes, if `status` is one. */
#define baton_check(status)                                      \
  do {                                                           \
    int32_t baton_status = (status);                             \
    if (baton_is_refusal(baton_status))                          \
      baton_raise(baton_error_from_refusal(baton_status, self)); \
  } while (0)

/** In the cleanup: the error that the body will end with, or null. */
#define baton_ending_error() baton_place_error(baton_at)

/** Opens the part that runs on every way out, once. It may await. */
#define baton_cleanup                         \
  goto baton_unwind;                          \
  baton_thrown:                               \
  baton_place_set(baton_at, BATON_ERROR, in); \
  baton_unwind:                               \
  if (baton_at->cleaning) goto baton_finish;  \
  baton_at->cleaning = 1

/** Closes the body. */
#define baton_end \
  baton_finish:;  \
  }               \
  return baton_place_end(baton_at, out)

/** Gives the line where a frame is suspended, or has failed. */
static inline uint32_t BATON_CALL baton_place_line(const void *frame) {
  const baton_place *at = (const baton_place *)frame;
  return at->line ? at->line : at->label;
}

/** Defines a body with everything said: see baton_body. */
#define BATON_BODY(symbol, resume_, frame, first, count, kind_, flags_, drop_) \
  static const baton_body symbol = {sizeof(baton_body),                        \
                                    (kind_),                                   \
                                    0,                                         \
                                    (flags_) | BATON_BODY_PLACE,               \
                                    sizeof(frame),                             \
                                    offsetof(frame, first),                    \
                                    (count),                                   \
                                    __LINE__,                                  \
                                    #symbol,                                   \
                                    NULL,                                      \
                                    __FILE__,                                  \
                                    "c",                                       \
                                    resume_,                                   \
                                    drop_,                                     \
                                    NULL,                                      \
                                    baton_place_line}

/**
 * Defines `symbol`, the static baton_body for baton_coro_new, named after
 * itself. `first` is the first of `count` adjacent baton_value members of the
 * frame, dropped and traversed by the library.
 */
#define BATON_CORO(symbol, resume, frame, first, count) \
  BATON_BODY(symbol, resume, frame, first, count, BATON_KIND_COROUTINE, 0, NULL)
#define BATON_GENERATOR(symbol, resume, frame, first, count) \
  BATON_BODY(symbol, resume, frame, first, count, BATON_KIND_GENERATOR, 0, NULL)
#define BATON_ASYNC_GENERATOR(symbol, resume, frame, first, count)            \
  BATON_BODY(symbol, resume, frame, first, count, BATON_KIND_ASYNC_GENERATOR, \
             0, NULL)

#endif
