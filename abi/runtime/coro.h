/* SPDX-License-Identifier: MIT */
#ifndef BATON_CORO_H
#define BATON_CORO_H

#include "atomic.h"
#include "baton/runtime.h"
#include "thread.h"

/** @file
 * The library's own links: a body, its link, and its frame behind them.
 */

/** Every coroutine and generator: 64 bytes, then the frame. */
typedef struct baton_coro {
  const baton_body *body;
  baton_link link;
} baton_coro;

/** An async generator, and bodies flagged AFFINE or HANDLING: more words, then
 * the frame. */
typedef struct baton_coro_wide {
  const baton_body *body;
  baton_link_handling handling;
  baton_owner *owner; /* of an affine object */

  /* Async generator: what its awaitables know of it, and the operation that
   * the next resume starts with instead of "send none". */
  uint8_t ag_running;
  uint8_t ag_closed;
  uint8_t injected; /* an operation + 1, or 0 */
  uint8_t reserved0;
  uint32_t reserved1;
  baton_value injection;
} baton_coro_wide;

#define BATON_ALIGN 16u
#define BATON_ALIGNED(size) \
  (((size) + (BATON_ALIGN - 1)) & ~(size_t)(BATON_ALIGN - 1))

static inline int baton_body_is_wide(const baton_body *body) {
  return body->kind == BATON_KIND_ASYNC_GENERATOR ||
         (body->flags & (BATON_BODY_AFFINE | BATON_BODY_HANDLING)) != 0;
}

static inline size_t baton_body_header(const baton_body *body) {
  return baton_body_is_wide(body) ? BATON_ALIGNED(sizeof(baton_coro_wide))
                                  : BATON_ALIGNED(sizeof(baton_coro));
}

static inline baton_coro *baton_coro_of(const baton_value *self) {
  return self->payload.object;
}

static inline baton_coro_wide *baton_coro_wide_of(const baton_value *self) {
  return self->payload.object;
}

static inline void *baton_frame_of(baton_coro *coro) {
  return (char *)coro + baton_body_header(coro->body);
}

extern const baton_type baton_coroutine_type;
extern const baton_type baton_generator_type;
extern const baton_type baton_async_generator_type;

/** Whether a value is an async generator or other coroutine of this library. */
int baton_is_coro(const baton_value *value);

/** Slots that its types share. */
int32_t BATON_CALL baton_coro_retain(const baton_value *self);
int32_t BATON_CALL baton_coro_release(const baton_value *self);
int32_t BATON_CALL baton_coro_ended(const baton_value *self);
int32_t BATON_CALL baton_coro_where(const baton_value *self, baton_frame *out);
int32_t BATON_CALL baton_coro_guard(const baton_value *self);
int32_t BATON_CALL baton_coro_traverse(const baton_value *self,
                                       baton_visit visit, void *arg);

/** introspect/1 for coroutines, and its slots that need only a link. */
extern const baton_introspect baton_coro_introspect;
int32_t BATON_CALL baton_link_state_of(const baton_value *self, uint32_t *out);
int32_t BATON_CALL baton_link_kind_of(const baton_value *self, uint32_t *out);
int32_t BATON_CALL baton_link_delegated_to(const baton_value *self,
                                           baton_value *out);
int32_t BATON_CALL baton_link_returns_to(const baton_value *self,
                                         baton_value *out);

/** For an object whose last reference was just dropped: closes it if it is
 * suspended, with its error to the unraisable hook. Its link's `count` is 1
 * meanwhile. @return whether it may be freed. */
int baton_link_finalize(const baton_value *self);

/** Runs `finish(object)` now, or after the outer releases of this thread, so
 * that the release of nested objects does not nest without limit. */
void baton_release_soon(baton_link *link, void (*finish)(baton_link *link));

#endif
