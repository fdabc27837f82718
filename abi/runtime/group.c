/* SPDX-License-Identifier: MIT */
#include "group.h"

#include <string.h>

#include "atomic.h"
#include "drive.h"
#include "memory.h"
#include "object.h"
#include "owners.h"

static const baton_type group_type;

static baton_group *group_of(const baton_value *self) {
  return self->payload.object;
}

/* ---- Steps ------------------------------------------------------------ */

static void throw_into_others(baton_group *group, const baton_child *but,
                              const baton_value *error) {
  for (uint64_t i = 0; i < group->size; i++) {
    baton_child *child = &group->children[i];
    baton_value copy;
    if (child == but || child->status != BATON_PENDING) continue;
    if (baton_copy(error, &copy) != BATON_OK)
      copy = baton_from_kind(baton_error_kind(error));
    baton_poll_throw(&child->poll, copy);
    baton_child_ready(child);
  }
}

/* A child has ended with `status`, and `*out`. */
static void end_child(baton_group *group, baton_child *child, int32_t status,
                      baton_value *out) {
  int draining = group->thrown || group->closing || group->failing;
  baton_value cancelled = baton_from_kind(BATON_ERROR_CANCELLED);
  child->status = status;
  child->outcome = baton_take(out);
  baton_poll_drop(&child->poll);
  group->live--;
  if (group->winner == UINT64_MAX &&
      ((group->mode == BATON_GROUP_RACE &&
        (!draining || status == BATON_RETURN)) ||
       (group->mode == BATON_GROUP_FIRST_ERROR && status == BATON_ERROR)))
    group->winner = (uint64_t)(child - group->children);
  if (group->mode == BATON_GROUP_FIRST_ERROR && status == BATON_ERROR &&
      !draining) {
    group->failing = 1;
    throw_into_others(group, child, &cancelled);
  }
}

/* A race is decided by its first end, unless all are to be heard. */
static int is_decided(const baton_group *group) {
  if (group->live == 0) return 1;
  return group->mode == BATON_GROUP_RACE && !group->thrown && !group->closing &&
         group->winner != UINT64_MAX;
}

/* Steps the children on the ready list. @return 0, or 1 with a token in
 * `*out` that goes up. */
static int step_ready(baton_group *group, baton_context *cx, baton_value *out) {
  baton_child *child = baton_group_take_ready(group);
  while (child) {
    baton_child *next = child->next;
    const baton_waker *outer = cx->waker;
    int forward = group->live == 1 && (cx->accepts & BATON_ACCEPT_YIELD);
    int32_t status = BATON_PENDING;
    baton_exchange(&child->queued, 0); /* sees what the waker wrote */
    if (child->status == BATON_PENDING && !is_decided(group)) {
      cx->waker = &child->waker;
      status = baton_poll_step(&child->poll, cx, forward, out);
      cx->waker = outer;
      if (status == BATON_YIELD) {
        group->asking = child;
        return 1;
      }
      if (status != BATON_PENDING) end_child(group, child, status, out);
    }
    child = next;
  }
  return 0;
}

/* ---- The end ---------------------------------------------------------- */

/* Closes a child at once. What comes of it is its outcome if the group is
 * being closed; otherwise an error is nobody's. */
static void close_child(baton_group *group, baton_child *child) {
  baton_value out = baton_none(), nobody = baton_none();
  int32_t status = baton_poll_close(&child->poll, &out);
  group->live--;
  child->status = BATON_ERROR;
  child->outcome = baton_from_kind(BATON_ERROR_GENERATOR_EXIT);
  if (status == BATON_ERROR && group->closing)
    child->outcome = baton_take(&out);
  else if (status == BATON_ERROR)
    baton_unraisable_error(&out, &nobody);
  baton_drop(&out);
}

static void close_rest(baton_group *group) {
  for (uint64_t i = 0; i < group->size; i++)
    if (group->children[i].status == BATON_PENDING)
      close_child(group, &group->children[i]);
}

static int32_t give(baton_child *child, baton_value *out) {
  child->taken = 1;
  *out = baton_take(&child->outcome);
  return child->status;
}

/* The first child that failed, other than by what a close raises; or null. */
static baton_child *first_failure(baton_group *group) {
  for (uint64_t i = 0; i < group->size; i++) {
    baton_child *child = &group->children[i];
    if (child->status != BATON_ERROR || child->taken) continue;
    if (group->closing &&
        baton_error_kind(&child->outcome) == BATON_ERROR_GENERATOR_EXIT)
      continue;
    return child;
  }
  return NULL;
}

static int32_t end_group(baton_group *group, baton_value *out) {
  baton_child *failed = NULL;
  close_rest(group);
  baton_group_disarm(group);
  baton_store(&group->state, BATON_CLOSED);
  if (group->winner != UINT64_MAX && !group->closing)
    return give(&group->children[group->winner], out);
  if (group->thrown || group->closing) failed = first_failure(group);
  return failed ? give(failed, out) : BATON_RETURN;
}

/* Steps what is ready, and then what that made ready: the end of one child may
 * be news to the others. Not more, since a child that keeps waking itself must
 * not keep whoever drives the group from other work. */
static int32_t run_group(baton_group *group, baton_context *cx,
                         baton_value *out) {
  int32_t status = BATON_OK;
  for (int pass = 0; pass < 2; pass++) {
    if (step_ready(group, cx, out)) {
      baton_store(&group->state, BATON_SUSPENDED);
      return BATON_YIELD;
    }
    if (is_decided(group)) return end_group(group, out);
  }
  if (cx->waker) status = baton_group_arm(group, cx->waker);
  if (status != BATON_OK) {
    end_group(group, out);
    baton_drop(out);
    *out = baton_from_kind(BATON_ERROR_NO_MEMORY);
    return BATON_ERROR;
  }
  if (cx->waker && baton_load(&group->ready))
    cx->waker->methods->wake_by_ref(cx->waker);
  baton_store(&group->state, BATON_SUSPENDED);
  return BATON_PENDING;
}

/* ---- The slots -------------------------------------------------------- */

static int32_t claim_group(baton_group *group, uint8_t *entered) {
  *entered = baton_load(&group->state);
  if (*entered == BATON_RUNNING) return BATON_BUSY;
  if (*entered == BATON_CLOSED) return BATON_INVALID_STATE;
  return baton_swap_if(&group->state, entered, BATON_RUNNING) ? BATON_OK
                                                              : BATON_BUSY;
}

static void ready_all(baton_group *group) {
  for (uint64_t i = 0; i < group->size; i++)
    baton_child_ready(&group->children[i]);
}

/* Whoever sent a token up gets the value that comes back. */
static void answer_token(baton_group *group, baton_value *in) {
  baton_child *child = group->asking;
  if (!child) return;
  group->asking = NULL;
  baton_drop(&child->poll.next);
  child->poll.next = baton_take(in);
  baton_child_ready(child);
}

static int32_t BATON_CALL group_send(const baton_value *self, baton_context *cx,
                                     baton_value *in, baton_value *out) {
  baton_group *group = group_of(self);
  uint8_t entered;
  if (baton_load(&group->state) == BATON_CREATED && !baton_is_none(in)) {
    *out = baton_error_new(
        BATON_ERROR_TYPE,
        "can't send non-None value to a just-started coroutine");
    return BATON_ERROR;
  }
  int32_t status = claim_group(group, &entered);
  if (status != BATON_OK) return status;
  if (entered == BATON_CREATED)
    ready_all(group);
  else
    answer_token(group, in);
  return run_group(group, cx, out);
}

static int32_t BATON_CALL group_throw(const baton_value *self,
                                      baton_context *cx, baton_value *error,
                                      baton_value *out) {
  baton_group *group = group_of(self);
  uint8_t entered;
  if (!baton_is_error(error)) return BATON_INVALID_ARGUMENT;
  int32_t status = claim_group(group, &entered);
  if (status != BATON_OK) return status;
  if (entered == BATON_CREATED) {
    group->closing = 1;
    end_group(group, out);
    baton_drop(out);
    *out = baton_take(error);
    return BATON_ERROR;
  }
  group->thrown = 1;
  throw_into_others(group, NULL, error);
  baton_drop(error);
  return run_group(group, cx, out);
}

static int32_t BATON_CALL group_close(const baton_value *self,
                                      baton_context *cx, baton_value *out) {
  baton_group *group = group_of(self);
  uint8_t entered;
  int32_t status = claim_group(group, &entered);
  if (status == BATON_INVALID_STATE) return BATON_RETURN;
  if (status != BATON_OK) return status;
  group->closing = 1;
  if (entered == BATON_CREATED || !(cx->accepts & BATON_ACCEPT_PENDING))
    return end_group(group, out);
  for (uint64_t i = 0; i < group->size; i++) {
    baton_child *child = &group->children[i];
    if (child->status != BATON_PENDING) continue;
    if (baton_is_none(&child->poll.handle)) {
      close_child(group, child);
      continue;
    }
    child->poll.op = BATON_POLL_CLOSE;
    baton_child_ready(child);
  }
  return run_group(group, cx, out);
}

static int32_t BATON_CALL group_retain(const baton_value *self) {
  baton_add(&group_of(self)->count, 1);
  return BATON_OK;
}

static int32_t BATON_CALL group_release(const baton_value *self) {
  baton_group *group = group_of(self);
  if (!baton_count_drop(&group->count)) return BATON_OK;
  baton_store(&group->count, 1);
  close_rest(group);
  baton_group_disarm(group);
  for (uint64_t i = 0; i < group->size; i++)
    baton_drop(&group->children[i].outcome);
  baton_group_forget(group);
  return BATON_OK;
}

static int32_t BATON_CALL group_traverse(const baton_value *self,
                                         baton_visit visit, void *arg) {
  baton_group *group = group_of(self);
  int32_t status = BATON_OK;
  for (uint64_t i = 0; i < group->size && status == BATON_OK; i++) {
    const baton_child *child = &group->children[i];
    const baton_value *const held[] = {&child->poll.awaitable,
                                       &child->poll.handle, &child->poll.token,
                                       &child->poll.next, &child->outcome};
    for (int k = 0; k < 5 && status == BATON_OK; k++)
      if (baton_is_object(held[k])) status = visit(held[k], arg);
  }
  return status;
}

static int32_t BATON_CALL group_await(const baton_value *self,
                                      baton_context *cx, baton_value *out) {
  (void)cx;
  *out = *self;
  return BATON_LENT;
}

static int32_t BATON_CALL group_state(const baton_value *self, uint32_t *out) {
  *out = baton_load(&group_of(self)->state);
  return BATON_OK;
}

static int32_t BATON_CALL group_kind(const baton_value *self, uint32_t *out) {
  (void)self;
  *out = BATON_KIND_AWAITABLE;
  return BATON_OK;
}

static int32_t BATON_CALL group_name(const baton_value *self,
                                     baton_text_view *out) {
  static const char *const names[] = {"join", "first_error", "race"};
  *out = baton_view(names[group_of(self)->mode]);
  return BATON_OK;
}

static uint32_t BATON_CALL group_owners(const baton_value *self) {
  return baton_load(&group_of(self)->count);
}

static int32_t BATON_CALL group_query(const baton_value *self, const char *id,
                                      const void **out) {
  static const baton_introspect introspect = {sizeof(baton_introspect),
                                              0,
                                              group_state,
                                              group_kind,
                                              group_name,
                                              group_name,
                                              NULL,
                                              NULL,
                                              NULL,
                                              NULL};
  static const baton_owners owners = {sizeof(baton_owners), 0, group_owners};
  static const baton_extension extensions[] = {
      {BATON_EXT_INTROSPECT, &introspect},
      {BATON_EXT_OWNERS, &owners},
      {NULL, NULL}};
  (void)self;
  return baton_answer(extensions, id, out);
}

static const baton_async_methods group_async = {sizeof(baton_async_methods), 0,
                                                group_await, NULL, NULL};
static const baton_coroutine_methods group_coroutine = {
    sizeof(baton_coroutine_methods), 0, group_send, group_throw, group_close};

static const baton_type group_type = {
    BATON_TYPE_HEAD("group"), .retain = group_retain,
    .release = group_release, .traverse = group_traverse,
    .as_async = &group_async, .as_coroutine = &group_coroutine,
    .query = group_query};

/* ---- Public ----------------------------------------------------------- */

int32_t baton_group_new(uint32_t mode, baton_value *children, uint64_t count,
                        baton_value *out) {
  baton_group *group;
  if (!out || mode > BATON_GROUP_RACE || (count && !children) ||
      (mode == BATON_GROUP_RACE && count == 0))
    return BATON_INVALID_ARGUMENT;
  if (count > (PTRDIFF_MAX - sizeof *group) / sizeof(baton_child) - 1)
    return BATON_NO_MEMORY;
  size_t size = sizeof *group + (size_t)count * sizeof(baton_child);
  group = baton_allocate(size);
  if (!group) return BATON_NO_MEMORY;
  memset(group, 0, size);
  group->count = group->memory = 1;
  group->mode = mode;
  group->size = group->live = count;
  group->winner = UINT64_MAX;
  for (uint64_t i = 0; i < count; i++) {
    baton_child *child = &group->children[i];
    child->waker.methods = &baton_child_waker;
    child->group = group;
    child->status = BATON_PENDING;
    baton_poll_init(&child->poll, &children[i]);
  }
  *out = baton_from_object(&group_type, group);
  return BATON_OK;
}

int32_t baton_group_child(const baton_value *value, uint64_t index,
                          baton_value *out) {
  const baton_child *child;
  if (!value || !out || value->head.type != &group_type ||
      index >= group_of(value)->size)
    return BATON_INVALID_ARGUMENT;
  child = &group_of(value)->children[index];
  if (child->status != BATON_PENDING || baton_is_none(&child->poll.handle))
    return BATON_INVALID_STATE;
  return baton_copy(&child->poll.handle, out);
}

int32_t baton_group_result(const baton_value *value, uint64_t index,
                           baton_value *out) {
  baton_child *child;
  if (!value || !out || value->head.type != &group_type ||
      index >= group_of(value)->size)
    return BATON_INVALID_ARGUMENT;
  child = &group_of(value)->children[index];
  if (child->status == BATON_PENDING || child->taken)
    return BATON_INVALID_STATE;
  return give(child, out);
}

uint64_t baton_group_winner(const baton_value *value) {
  return value && value->head.type == &group_type ? group_of(value)->winner
                                                  : UINT64_MAX;
}
