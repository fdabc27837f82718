/* SPDX-License-Identifier: MIT */
#include "coro.h"

#include <string.h>

#include "drive.h"
#include "memory.h"
#include "object.h"

#define KNOWN_FLAGS (BATON_BODY_SHARED | BATON_BODY_AFFINE | BATON_BODY_HANDLING)

static int is_body(const baton_body *body) {
  uint64_t values;
  if (!body || body->struct_size < sizeof *body || !body->resume || !body->name)
    return 0;
  if (body->kind > BATON_KIND_ASYNC_GENERATOR) return 0;
  if (body->flags & ~KNOWN_FLAGS) return 0;
  if ((body->flags & BATON_BODY_SHARED) && (body->flags & BATON_BODY_AFFINE))
    return 0;
  values = (uint64_t)body->value_count * sizeof(baton_value);
  return body->value_offset % sizeof(uint64_t) == 0 &&
         body->value_offset + values <= body->frame_size;
}

static const baton_type *type_of(const baton_body *body) {
  static const baton_type *const types[] = {&baton_coroutine_type,
                                            &baton_generator_type,
                                            &baton_async_generator_type};
  return types[body->kind];
}

int32_t baton_coro_new(const baton_body *body, baton_value *out) {
  if (!out || !is_body(body)) return BATON_INVALID_ARGUMENT;
  size_t header = baton_body_header(body);
  baton_coro *coro = baton_allocate(header + body->frame_size);
  if (!coro) return BATON_NO_MEMORY;
  memset(coro, 0, sizeof *coro);
  coro->body = body;
  coro->link.kind = body->kind;
  coro->link.flags = body->flags;
  coro->link.count = 1;
  if (baton_unlikely(header != BATON_ALIGNED(sizeof(baton_coro)))) {
    baton_coro_wide *wide = (baton_coro_wide *)coro;
    memset(&coro->link + 1, 0, header - sizeof *coro);
    if (body->flags & BATON_BODY_AFFINE) {
      wide->owner = baton_owner_here();
      if (!wide->owner) {
        baton_free(coro, header + body->frame_size);
        return BATON_NO_MEMORY;
      }
    }
  }
  memset((char *)coro + header, 0, body->frame_size);
  *out = baton_from_object(type_of(body), coro);
  return BATON_OK;
}

int baton_is_coro(const baton_value *value) {
  const baton_type *type = value->head.type;
  return type == &baton_coroutine_type || type == &baton_generator_type ||
         type == &baton_async_generator_type;
}

void *baton_coro_frame(const baton_value *self) {
  return baton_frame_of(baton_coro_of(self));
}

const baton_body *baton_coro_body(const baton_value *self) {
  return baton_is_coro(self) ? baton_coro_of(self)->body : NULL;
}

baton_value *baton_coro_handling(const baton_value *self) {
  return &baton_coro_wide_of(self)->handling.handled;
}

/* ---- The end ---------------------------------------------------------- */

int32_t baton_coro_ended(const baton_value *self) {
  baton_coro *coro = baton_coro_of(self);
  const baton_body *body = coro->body;
  char *frame = baton_frame_of(coro);
  baton_value *values = (void *)(frame + body->value_offset);
  for (uint32_t i = 0; i < body->value_count; i++) baton_drop(&values[i]);
  if (body->drop) body->drop(frame);
  if (baton_unlikely(baton_body_is_wide(body))) {
    baton_drop(&baton_coro_wide_of(self)->handling.handled);
    baton_drop(&baton_coro_wide_of(self)->injection);
  }
  return BATON_OK;
}

static void free_coro(baton_coro *coro) {
  const baton_body *body = coro->body;
  if (body->flags & BATON_BODY_AFFINE)
    baton_owner_release(((baton_coro_wide *)coro)->owner);
  baton_free(coro, baton_body_header(body) + body->frame_size);
}

static baton_coro *coro_of_link(baton_link *link) {
  return (void *)((char *)link - offsetof(baton_coro, link));
}

static void finish(baton_link *link) {
  baton_coro *coro = coro_of_link(link);
  baton_value self = baton_from_object(type_of(coro->body), coro);
  if (baton_link_finalize(&self)) free_coro(coro);
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

int32_t baton_coro_release(const baton_value *self) {
  baton_coro *coro = baton_coro_of(self);
  if (!baton_count_drop(&coro->link.count)) return BATON_OK;
  if (baton_unlikely(baton_link_flags(&coro->link) & BATON_LINK_AFFINE) &&
      baton_coro_guard(self) != BATON_OK) {
    baton_owner_defer(baton_coro_wide_of(self)->owner, &coro->link, finish);
    return BATON_OK;
  }
  if (baton_likely(baton_link_state(&coro->link) == BATON_CLOSED))
    free_coro(coro);
  else
    baton_release_soon(&coro->link, finish);
  return BATON_OK;
}

int32_t baton_coro_guard(const baton_value *self) {
  if (!baton_owner_is_here(baton_coro_wide_of(self)->owner))
    return BATON_WRONG_THREAD;
  baton_owner_drain();
  return BATON_OK;
}

int32_t baton_coro_traverse(const baton_value *self, baton_visit visit,
                            void *arg) {
  baton_coro *coro = baton_coro_of(self);
  const baton_body *body = coro->body;
  char *frame = baton_frame_of(coro);
  const baton_value *values = (void *)(frame + body->value_offset);
  const baton_value *child =
      baton_is_none(&coro->link.owner) ? &coro->link.handle : &coro->link.owner;
  int32_t status = BATON_OK;
  if (baton_link_state(&coro->link) == BATON_CLOSED) return status;
  if (baton_is_object(child)) status = visit(child, arg);
  for (uint32_t i = 0; i < body->value_count && status == BATON_OK; i++)
    if (baton_is_object(&values[i])) status = visit(&values[i], arg);
  if (status == BATON_OK && baton_body_is_wide(body)) {
    const baton_coro_wide *wide = baton_coro_wide_of(self);
    if (baton_is_object(&wide->handling.handled))
      status = visit(&wide->handling.handled, arg);
    if (status == BATON_OK && baton_is_object(&wide->injection))
      status = visit(&wide->injection, arg);
  }
  if (status == BATON_OK && body->traverse)
    status = body->traverse(frame, visit, arg);
  return status;
}

/* ---- Descriptors ------------------------------------------------------ */

static int32_t BATON_CALL resume(const baton_value *self, baton_context *cx,
                                 uint32_t op, baton_value *in,
                                 baton_value *out) {
  return baton_coro_of(self)->body->resume(self, cx, op, in, out);
}

/* A coroutine is its own handle; the link that awaits it keeps it. */
static int32_t BATON_CALL await_self(const baton_value *self, baton_context *cx,
                                     baton_value *out) {
  (void)cx;
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

static const baton_async_methods async_methods = {
    sizeof(baton_async_methods), 0, await_self, NULL, NULL};

static const baton_coroutine_methods coroutine_methods = {
    sizeof(baton_coroutine_methods), 0, baton_link_send, baton_link_throw,
    baton_link_close};

static const baton_link_methods link_methods = {
    sizeof(baton_link_methods), offsetof(baton_coro, link), resume,
    baton_coro_ended,           baton_coro_where,           baton_coro_guard};

const baton_type baton_coroutine_type = {
    BATON_TYPE_HEAD("coroutine"), baton_coro_retain,  baton_coro_release,
    &baton_library,               NULL,               baton_coro_traverse,
    &async_methods,               &coroutine_methods, &link_methods,
    NULL,                         query};

const baton_type baton_generator_type = {
    BATON_TYPE_HEAD("generator"), baton_coro_retain,  baton_coro_release,
    &baton_library,               NULL,               baton_coro_traverse,
    NULL,                         &coroutine_methods, &link_methods,
    NULL,                         query};
