/* SPDX-License-Identifier: MIT */
#ifndef BATON_CORO_H
#define BATON_CORO_H

#include "atomic.h"
#include "baton/runtime.h"
#include "thread.h"

/** @file
 * The library's own links: a body, its link, and its frame behind them.
 */

/** What a value's payload leads to: 64 bytes where pointers have 8, then the
 * frame. */
typedef struct baton_coro {
  baton_link link; /* first: the link's offset is 0 */
  const baton_body *body;
} baton_coro;

/** What stands before the baton_coro of an async generator and of bodies
 * flagged AFFINE or HANDLING. */
typedef struct baton_coro_extra {
  union {
    baton_owner *owner; /* of an affine object */
    uint64_t reserved2; /* what follows is aligned alike everywhere */
  };

  /* Async generator: what its awaitables know of it, and the operation that
   * the next resume starts with instead of "send none". */
  uint8_t ag_running;
  uint8_t ag_closed;
  uint8_t injected; /* an operation + 1, or 0 */
  uint8_t reserved0;
  uint32_t reserved1;
  baton_value injection;

  baton_value handled; /* last: it and the link are a baton_link_handling */
} baton_coro_extra;

static inline size_t baton_body_extra(const baton_body *body) {
  int extra = body->kind == BATON_KIND_ASYNC_GENERATOR ||
              (body->flags & (BATON_BODY_AFFINE | BATON_BODY_HANDLING)) != 0;
  return extra ? sizeof(baton_coro_extra) : 0;
}

/** Whether the end of a body has anything to let go of. */
static inline int baton_body_holds(const baton_body *body) {
  return body->value_count || body->drop || (body->flags & BATON_BODY_PLACE) ||
         baton_body_extra(body);
}

static inline baton_coro_extra *baton_coro_extra_of(const baton_value *self) {
  return (baton_coro_extra *)self->payload.object - 1;
}

static inline baton_coro *baton_coro_of(const baton_value *self) {
  return self->payload.object;
}

extern const baton_type baton_coroutine_type;
extern const baton_type baton_generator_type;
extern const baton_type baton_async_generator_type;

/** Whether a value is an async generator or other coroutine of this library. */
int baton_is_coro(const baton_value *value);

/** Slots that its types share. */
int32_t BATON_CALL baton_coro_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out);
int32_t BATON_CALL baton_coro_resume(const baton_value *self, baton_context *cx,
                                     uint32_t op, baton_value *in,
                                     baton_value *out);
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
void baton_release_soon(baton_link *link, baton_finish finish);

#endif
