/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_QUICK_H
#define BATON_PY_QUICK_H

#include "coro.h"
#include "face.h"

/** @file
 * The short way of a send: None, to a hosted object that runs its own body.
 */

/** What a body's status comes to; what it awaits, and how it ends. */
PySendResult baton_py_settle_own(baton_py_face *face, baton_py_call *call,
                                 const baton_value *self, baton_value *in,
                                 baton_value *out, uint8_t state,
                                 int32_t status, PyObject **result);

static inline int baton_py_is_quick(const baton_py_face *face, PyObject *arg) {
  const baton_link *link = &face->link;
  return arg == Py_None && face->body && !face->extra && !link->flags &&
         (link->state == BATON_SUSPENDED || link->state == BATON_CREATED) &&
         (!link->leaf || link->leaf == link) && baton_is_none(&link->handle);
}

static inline PySendResult baton_py_send_to_body(baton_py_face *face,
                                                 PyObject **result) {
  baton_py_call call;
  baton_link *link = &face->link;
  baton_value self = baton_from_object(&face->state->hosted[link->kind],
                                       (char *)face + BATON_PY_PAYLOAD);
  baton_value in = baton_none(), out = baton_none();
  uint8_t state = link->state;
  int32_t status;
  baton_py_begin_call(&call, face, BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING);
  link->state = BATON_RUNNING;
  status = face->body->resume(&self, &call.cx, BATON_OP_SEND, &in, &out);
  if (baton_likely(status == BATON_YIELD && baton_is_none(&out) &&
                   baton_is_none(&in))) {
    link->leaf = link;
    link->state = BATON_SUSPENDED;
    baton_py_track(face);
    *result = Py_NewRef(Py_None);
    return PYGEN_NEXT;
  }
  return baton_py_settle_own(face, &call, &self, &in, &out, state, status,
                             result);
}

#endif
