/* SPDX-License-Identifier: MIT */
#include "guard.h"

#include <sched.h>

#include "coro.h"
#include "drive.h"

/* A link in the middle of a chain is driven from above, on any thread. */
static int is_attached(const baton_py_face *face) {
  const baton_value *handle = baton_py_handle(face);
  return baton_is_link(handle) &&
         baton_load(&baton_link_of(handle)->state) == BATON_ATTACHED;
}

int32_t baton_py_take_slowly(baton_py_face *face) {
  if (baton_py_is_hosted(face)) return BATON_OK;
  while (baton_exchange(&face->driving, 1)) {
    if (!baton_load(&face->looking)) return BATON_BUSY;
    sched_yield();
  }
  if (face->link.kind == BATON_KIND_ASYNC_GENERATOR || !is_attached(face))
    return BATON_OK;
  baton_py_give_back(face);
  return BATON_BUSY;
}

int baton_py_only_looked(const baton_py_face *face) {
  if (!baton_py_is_hosted(face) ||
      (!baton_load(&face->looking) &&
       baton_load(&face->link.state) != BATON_SUSPENDED))
    return 0;
  sched_yield();
  return 1;
}

/* It is what a drive of it would find running: see baton_py_only_looked. */
static int32_t look_at_hosted(baton_py_face *face, baton_value *out) {
  const baton_value *child = &face->link.owner;
  uint8_t state = BATON_SUSPENDED;
  int32_t status;
  if (!baton_swap_if(&face->link.state, &state, BATON_RUNNING))
    return BATON_BUSY;
  if (baton_is_none(child)) child = &face->link.handle;
  status = baton_copy(child, out);
  baton_store(&face->link.state, BATON_SUSPENDED);
  return status;
}

static int32_t look_at_shown(baton_py_face *face, baton_value *out) {
  baton_value self = baton_py_value_of(face);
  int32_t status = BATON_BUSY;
  if (baton_exchange(&face->driving, 1)) return BATON_BUSY;
  if (!is_attached(face)) status = baton_link_delegated_to(&self, out);
  baton_py_give_back(face);
  return status;
}

int32_t baton_py_look(baton_py_face *face, baton_value *out) {
  baton_value self = baton_py_value_of(face);
  int32_t status;
  *out = baton_none();
  if (!BATON_PY_FREE_THREADED) return baton_link_delegated_to(&self, out);
  baton_add(&face->looking, 1);
  status = baton_py_is_hosted(face) ? look_at_hosted(face, out)
                                    : look_at_shown(face, out);
  baton_subtract(&face->looking, 1);
  return status;
}
