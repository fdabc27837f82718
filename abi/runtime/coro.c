/* SPDX-License-Identifier: MIT */
#include "coro.h"

#include <string.h>

#include "baton/author.h"
#include "drive.h"
#include "memory.h"
#include "object.h"

#define LINK_FLAGS (BATON_BODY_SHARED | BATON_BODY_AFFINE | BATON_BODY_HANDLING)

_Static_assert(sizeof(baton_coro) <= BATON_CORO_FRAME_OFFSET,
               "the frame stands behind the object");
_Static_assert(sizeof(baton_coro_extra) % 16 == 0, "so it stays aligned");

static int is_body(const baton_body *body) {
  uint64_t values;
  if (!body || body->struct_size < sizeof *body || !body->resume || !body->name)
    return 0;
  if (body->kind > BATON_KIND_ASYNC_GENERATOR) return 0;
  if (body->flags & ~(LINK_FLAGS | BATON_BODY_PLACE)) return 0;
  if ((body->flags & BATON_BODY_SHARED) && (body->flags & BATON_BODY_AFFINE))
    return 0;
  values = (uint64_t)body->value_count * sizeof(baton_value);
  if ((body->flags & BATON_BODY_PLACE) &&
      body->frame_size < sizeof(baton_place))
    return 0;
  return body->value_offset % sizeof(uint64_t) == 0 &&
         body->value_offset + values <= body->frame_size;
}

static const baton_type *type_of(const baton_body *body) {
  static const baton_type *const types[] = {&baton_coroutine_type,
                                            &baton_generator_type,
                                            &baton_async_generator_type};
  return types[body->kind];
}

static size_t block_size(const baton_body *body) {
  return baton_body_extra(body) +
         baton_rounded(BATON_CORO_FRAME_OFFSET + (size_t)body->frame_size);
}

/* Zeroes an object, header and frame, of whole grains, without a call: in
 * pieces, of which the last two may overlap. */
static inline void clear(char *object, size_t size) {
  memset(object, 0, BATON_CORO_FRAME_OFFSET);
  if (baton_likely(size <= BATON_CORO_FRAME_OFFSET + 32)) {
    memset(object + size - 32, 0, 32);
  } else {
    for (size_t done = 64; done + 64 < size; done += 64)
      memset(object + done, 0, 64);
    memset(object + size - 64, 0, 64);
  }
}

/* Fills in what stands before the object. @return BATON_OK, NO_MEMORY. */
static int32_t init_extra(const baton_body *body, baton_coro_extra *extra) {
  memset(extra, 0, sizeof *extra);
  if (body->flags & BATON_BODY_AFFINE) extra->owner = baton_owner_here();
  return (body->flags & BATON_BODY_AFFINE) && !extra->owner ? BATON_NO_MEMORY
                                                            : BATON_OK;
}

static inline void init(baton_coro *coro, const baton_body *body, size_t size,
                        baton_value *out) {
  clear((char *)coro, size);
  coro->body = body;
  coro->link.kind = body->kind;
  coro->link.flags = body->flags & LINK_FLAGS;
  coro->link.count = 1;
  *out = baton_from_object(type_of(body), coro);
}

static BATON_APART int32_t new_slowly(const baton_body *body,
                                      baton_value *out) {
  size_t extra = baton_body_extra(body), size = block_size(body);
  char *block = baton_allocate(size);
  if (!block) return BATON_NO_MEMORY;
  if (body->flags & BATON_BODY_AFFINE) baton_owner_drain();
  if (extra && init_extra(body, (void *)block) != BATON_OK) {
    baton_free(block, size);
    return BATON_NO_MEMORY;
  }
  init((void *)(block + extra), body, size - extra, out);
  return BATON_OK;
}

/* A block that this thread has kept needs no call. */
int32_t baton_coro_new(const baton_body *body, baton_value *out) {
  if (!out || !is_body(body)) return BATON_INVALID_ARGUMENT;
  size_t size = block_size(body);
  void *block = baton_body_extra(body) ? NULL : baton_allocate_kept(size);
  if (baton_unlikely(!block)) return new_slowly(body, out);
  init(block, body, size, out);
  return BATON_OK;
}

int baton_is_coro(const baton_value *value) {
  const baton_type *type = value->head.type;
  return type == &baton_coroutine_type || type == &baton_generator_type ||
         type == &baton_async_generator_type;
}

const baton_body *baton_coro_body(const baton_value *self) {
  return baton_is_coro(self) ? baton_coro_of(self)->body : NULL;
}

baton_value *baton_coro_handling(const baton_value *self) {
  return &baton_coro_extra_of(self)->handled;
}

/* ---- The end ---------------------------------------------------------- */

int32_t baton_coro_ended(const baton_value *self) {
  baton_coro *coro = baton_coro_of(self);
  const baton_body *body = coro->body;
  char *frame = baton_coro_frame(self);
  baton_value *values = (void *)(frame + body->value_offset);
  for (uint32_t i = 0; i < body->value_count; i++) baton_drop(&values[i]);
  if (body->flags & BATON_BODY_PLACE)
    baton_drop(&((baton_place *)(void *)frame)->outcome);
  if (body->drop) body->drop(frame);
  if (baton_unlikely(baton_body_extra(body))) {
    baton_drop(&baton_coro_extra_of(self)->handled);
    baton_drop(&baton_coro_extra_of(self)->injection);
  }
  return BATON_OK;
}

static void free_coro(const baton_value *self) {
  baton_coro *coro = baton_coro_of(self);
  const baton_body *body = coro->body;
  size_t extra = baton_body_extra(body);
  if (baton_unlikely(body->flags & BATON_BODY_AFFINE))
    baton_owner_release(baton_coro_extra_of(self)->owner);
  baton_free((char *)coro - extra, block_size(body));
}

static void finish(baton_link *link) {
  baton_coro *coro = (void *)link;
  baton_value self = baton_from_object(type_of(coro->body), coro);
  if (baton_link_finalize(&self)) free_coro(&self);
}

int32_t baton_coro_retain(const baton_value *self) {
  baton_coro *coro = baton_coro_of(self);
  if (baton_unlikely(baton_link_flags(&coro->link) & BATON_LINK_AFFINE)) {
    int32_t status = baton_coro_guard(self);
    if (status != BATON_OK) return status;
  }
  baton_add(&coro->link.count, 1);
  return BATON_OK;
}

static BATON_APART void release_slowly(const baton_value *self) {
  baton_coro *coro = baton_coro_of(self);
  if ((baton_link_flags(&coro->link) & BATON_LINK_AFFINE) &&
      baton_coro_guard(self) != BATON_OK)
    baton_owner_defer(baton_coro_extra_of(self)->owner, &coro->link, finish);
  else if (baton_link_state(&coro->link) == BATON_CLOSED)
    free_coro(self);
  else
    baton_release_soon(&coro->link, finish);
}

int32_t baton_coro_release(const baton_value *self) {
  baton_coro *coro = baton_coro_of(self);
  if (!baton_count_drop(&coro->link.count)) return BATON_OK;
  if (baton_likely(baton_link_state(&coro->link) == BATON_CLOSED &&
                   !baton_body_extra(coro->body)))
    baton_free(coro, block_size(coro->body));
  else
    release_slowly(self);
  return BATON_OK;
}

int32_t baton_coro_guard(const baton_value *self) {
  if (!baton_owner_is_here(baton_coro_extra_of(self)->owner))
    return BATON_WRONG_THREAD;
  return BATON_OK;
}

int32_t baton_coro_traverse(const baton_value *self, baton_visit visit,
                            void *arg) {
  baton_coro *coro = baton_coro_of(self);
  const baton_body *body = coro->body;
  char *frame = baton_coro_frame(self);
  const baton_value *values = (void *)(frame + body->value_offset);
  const baton_value *child =
      baton_is_none(&coro->link.owner) ? &coro->link.handle : &coro->link.owner;
  int32_t status = baton_link_guard(self);
  if (status != BATON_OK || baton_link_state(&coro->link) == BATON_CLOSED)
    return status;
  if (baton_is_object(child)) status = visit(child, arg);
  for (uint32_t i = 0; i < body->value_count && status == BATON_OK; i++)
    if (baton_is_object(&values[i])) status = visit(&values[i], arg);
  if (status == BATON_OK && (body->flags & BATON_BODY_PLACE) &&
      baton_is_object(&((baton_place *)(void *)frame)->outcome))
    status = visit(&((baton_place *)(void *)frame)->outcome, arg);
  if (status == BATON_OK && baton_body_extra(body)) {
    const baton_coro_extra *extra = baton_coro_extra_of(self);
    if (baton_is_object(&extra->handled)) status = visit(&extra->handled, arg);
    if (status == BATON_OK && baton_is_object(&extra->injection))
      status = visit(&extra->injection, arg);
  }
  if (status == BATON_OK && body->traverse)
    status = body->traverse(frame, visit, arg);
  return status;
}

/* ---- Descriptors ------------------------------------------------------ */

int32_t BATON_CALL baton_coro_resume(const baton_value *self, baton_context *cx,
                                     uint32_t op, baton_value *in,
                                     baton_value *out) {
  return baton_coro_of(self)->body->resume(self, cx, op, in, out);
}

/* A coroutine is its own handle; the link that awaits it keeps it. */
static int32_t BATON_CALL await_self(const baton_value *self, baton_context *cx,
                                     baton_value *out) {
  int32_t status = baton_link_guard(self);
  (void)cx;
  if (status != BATON_OK) return status;
  *out = *self;
  return BATON_LENT;
}

static int32_t BATON_CALL query(const baton_value *self, const char *id,
                                const void **out) {
  static const baton_extension extensions[] = {
      {BATON_EXT_INTROSPECT, &baton_coro_introspect}, {NULL, NULL}};
  (void)self;
  return baton_answer(extensions, id, out);
}

static const baton_async_methods async_methods = {sizeof(baton_async_methods),
                                                  0, await_self, NULL, NULL};

static const baton_coroutine_methods coroutine_methods = {
    sizeof(baton_coroutine_methods), 0, baton_coro_send, baton_link_throw,
    baton_link_close};

static const baton_link_methods link_methods = {
    sizeof(baton_link_methods), offsetof(baton_coro, link), baton_coro_resume,
    baton_coro_ended,           baton_coro_where,           baton_coro_guard};

const baton_type baton_coroutine_type = {
    BATON_TYPE_HEAD("coroutine"),  .retain = baton_coro_retain,
    .release = baton_coro_release, .traverse = baton_coro_traverse,
    .as_async = &async_methods,    .as_coroutine = &coroutine_methods,
    .as_link = &link_methods,      .query = query};

const baton_type baton_generator_type = {BATON_TYPE_HEAD("generator"),
                                         .retain = baton_coro_retain,
                                         .release = baton_coro_release,
                                         .traverse = baton_coro_traverse,
                                         .as_coroutine = &coroutine_methods,
                                         .as_link = &link_methods,
                                         .query = query};
