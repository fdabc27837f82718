/* SPDX-License-Identifier: MIT */
#include "coro.h"
#include "drive.h"
#include "object.h"

int32_t BATON_CALL baton_link_state_of(const baton_value *self, uint32_t *out) {
  const baton_link *link = baton_link_of(self);
  *out = baton_link_state(link);
  if (*out == BATON_ATTACHED)
    *out = baton_chain_runs(link) ? BATON_RUNNING : BATON_SUSPENDED;
  return BATON_OK;
}

int32_t BATON_CALL baton_link_kind_of(const baton_value *self, uint32_t *out) {
  *out = baton_link_of(self)->kind;
  return BATON_OK;
}

static int32_t BATON_CALL name(const baton_value *self, baton_text_view *out) {
  *out = baton_view(baton_coro_of(self)->body->name);
  return BATON_OK;
}

static const char *qualified(const baton_body *body) {
  return body->qualified_name ? body->qualified_name : body->name;
}

static int32_t BATON_CALL qualified_name(const baton_value *self,
                                         baton_text_view *out) {
  *out = baton_view(qualified(baton_coro_of(self)->body));
  return BATON_OK;
}

int32_t baton_coro_where(const baton_value *self, baton_frame *out) {
  baton_coro *coro = baton_coro_of(self);
  const baton_body *body = coro->body;
  uint32_t line = 0;
  if (body->line_of && baton_link_state(&coro->link) != BATON_CLOSED)
    line = body->line_of(baton_coro_frame(self));
  out->language = body->language ? body->language : "c";
  out->function = qualified(body);
  out->file = body->file ? body->file : "";
  out->line = line ? line : body->line;
  out->flags = BATON_FRAME_STATIC;
  return BATON_OK;
}

int32_t BATON_CALL baton_link_delegated_to(const baton_value *self,
                                           baton_value *out) {
  const baton_link *link = baton_link_of(self);
  const baton_value *child = &link->owner;
  *out = baton_none();
  if (baton_link_guard(self) != BATON_OK) return BATON_WRONG_THREAD;
  /* Its driver may run on any thread now, and let go of what is read here. */
  if (baton_link_flags(link) & BATON_LINK_SHARED) return BATON_BUSY;
  if (baton_is_none(child)) child = &link->handle;
  return baton_copy(child, out);
}

/* A link does not know its parent's type; the parent's parent does. */
int32_t BATON_CALL baton_link_returns_to(const baton_value *self,
                                         baton_value *out) {
  const baton_link *parent;
  *out = baton_none();
  if (baton_link_guard(self) != BATON_OK) return BATON_WRONG_THREAD;
  if (baton_link_flags(baton_link_of(self)) & BATON_LINK_SHARED)
    return BATON_BUSY;
  parent = baton_link_of(self)->returns_to;
  if (!parent) return BATON_OK;
  if (!parent->returns_to) return BATON_UNSUPPORTED;
  return baton_copy(&parent->returns_to->handle, out);
}

const baton_introspect baton_coro_introspect = {sizeof(baton_introspect),
                                                0,
                                                baton_link_state_of,
                                                baton_link_kind_of,
                                                name,
                                                qualified_name,
                                                baton_coro_where,
                                                baton_link_delegated_to,
                                                baton_link_returns_to,
                                                NULL};

/* ---- The chain -------------------------------------------------------- */

static void visit_one(const baton_value *member, baton_chain_visitor visit,
                      void *arg) {
  const baton_introspect *table = baton_find(member, BATON_EXT_INTROSPECT);
  baton_text_view text = baton_view(baton_type_name(member));
  uint32_t member_state = UINT32_MAX, member_kind = UINT32_MAX;
  baton_frame frame = {"", "", "", 0, BATON_FRAME_STATIC};
  if (table) {
    table->state(member, &member_state);
    table->kind(member, &member_kind);
    table->name(member, &text);
    if (table->qualified_name) table->qualified_name(member, &text);
    if (table->location) table->location(member, &frame);
  }
  visit(arg, member, text, member_state, member_kind, &frame);
}

int32_t baton_await_chain(const baton_value *handle, baton_chain_visitor visit,
                          void *arg) {
  baton_value member, next;
  int32_t status;
  if (!handle || !visit) return BATON_INVALID_ARGUMENT;
  status = baton_copy(handle, &member);
  while (status == BATON_OK && baton_is_object(&member)) {
    const baton_introspect *table = baton_find(&member, BATON_EXT_INTROSPECT);
    visit_one(&member, visit, arg);
    next = baton_none();
    if (table && table->delegated_to)
      status = table->delegated_to(&member, &next);
    baton_drop(&member);
    member = next;
  }
  return status;
}
