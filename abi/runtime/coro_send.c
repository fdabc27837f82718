/* SPDX-License-Identifier: MIT */
#include "coro.h"
#include "drive.h"

/* `send` of the library's own coroutines: the common cases of baton_link_send
 * on short paths. What it does is the same; spec/driver.md tells it. */

/* The first run: many coroutines end in it. */
static BATON_APART int32_t send_first(const baton_value *self,
                                      baton_context *cx, baton_value *in,
                                      baton_value *out) {
  baton_coro *coro = baton_coro_of(self);
  int32_t status;
  baton_link_set(&coro->link, BATON_RUNNING);
  status = coro->body->resume(self, cx, BATON_OP_SEND, in, out);
  if (baton_unlikely(status != BATON_RETURN))
    return baton_link_go_on(self, cx, in, out, BATON_CREATED, &coro->link,
                            status);
  baton_link_set(&coro->link, BATON_CLOSED);
  if (baton_body_holds(coro->body)) baton_coro_ended(self);
  return BATON_RETURN;
}

/* A later run of one that awaits nothing. */
static BATON_APART int32_t send_alone(const baton_value *self,
                                      baton_context *cx, baton_value *in,
                                      baton_value *out) {
  baton_coro *coro = baton_coro_of(self);
  int32_t status;
  baton_link_set(&coro->link, BATON_RUNNING);
  status = coro->body->resume(self, cx, BATON_OP_SEND, in, out);
  /* Read again, it takes no register across the call. */
  coro = baton_coro_of(self);
  if (baton_unlikely(status != BATON_YIELD && status != BATON_PENDING))
    return baton_link_go_on(self, cx, in, out, BATON_SUSPENDED, &coro->link,
                            status);
  baton_link_set(&coro->link, BATON_SUSPENDED);
  return status;
}

/* A later run of a chain: its leaf is resumed. The library's own are known by
 * their descriptor here, which saves two loads; others go by their slot. */
static BATON_APART int32_t send_leaf(const baton_value *self, baton_context *cx,
                                     baton_value *in, baton_value *out) {
  baton_link *root = &baton_coro_of(self)->link, *leaf = root->leaf;
  const baton_value *handle = &leaf->returns_to->handle;
  int32_t status;
  baton_link_set(root, BATON_RUNNING);
  baton_link_set(leaf, BATON_RUNNING);
  if (baton_likely(handle->head.type == &baton_coroutine_type))
    status = ((baton_coro *)(void *)leaf)
                 ->body->resume(handle, cx, BATON_OP_SEND, in, out);
  else
    status =
        handle->head.type->as_link->resume(handle, cx, BATON_OP_SEND, in, out);
  /* Read again, as above; nobody writes `leaf` while the root runs. */
  root = &baton_coro_of(self)->link;
  leaf = root->leaf;
  if (baton_unlikely(status != BATON_YIELD && status != BATON_PENDING))
    return baton_link_go_on(self, cx, in, out, BATON_SUSPENDED, leaf, status);
  baton_link_set(leaf, BATON_ATTACHED);
  baton_link_set(root, BATON_SUSPENDED);
  return status;
}

int32_t BATON_CALL baton_coro_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  const baton_link *link = &baton_coro_of(self)->link;
  uint8_t state = baton_link_state(link);
  if (baton_unlikely(baton_link_flags(link) != 0))
    return baton_link_send(self, cx, in, out);
  if (baton_likely(state == BATON_SUSPENDED && link->leaf &&
                   baton_is_none(&link->leaf->handle))) {
    if (link->leaf == link) return send_alone(self, cx, in, out);
    if (baton_likely(!(baton_link_flags(link->leaf) & BATON_LINK_SPECIAL)))
      return send_leaf(self, cx, in, out);
  }
  if (state == BATON_CREATED && baton_is_none(in))
    return send_first(self, cx, in, out);
  return baton_link_send(self, cx, in, out);
}
