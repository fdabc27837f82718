/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <baton/author.h>

#include "coro.h"
#include "face.h"
#include "guard.h"
#include "object.h"
#include "wait.h"

/* The descriptors of objects that live in Python's memory: their link and
 * frame are libbaton's in all but place. */

static baton_py_state *state_of(const baton_value *self) {
  return self->head.type->data;
}

static int32_t BATON_CALL retain(const baton_value *self) {
  baton_py_guard guard;
  if (baton_py_enter(state_of(self), &guard) < 0) return BATON_WRONG_THREAD;
  Py_INCREF(baton_py_face_of(self));
  baton_py_leave(&guard);
  return BATON_OK;
}

static int32_t BATON_CALL release(const baton_value *self) {
  PyObject *object = (PyObject *)baton_py_face_of(self);
  if (baton_likely(baton_py_attached(state_of(self))))
    Py_DECREF(object);
  else
    baton_py_release_later(state_of(self), object);
  return BATON_OK;
}

static int32_t BATON_CALL resume(const baton_value *self, baton_context *cx,
                                 uint32_t op, baton_value *in,
                                 baton_value *out) {
  baton_py_call_in call;
  int32_t status;
  if (baton_likely(baton_py_is_call(state_of(self), cx)))
    return baton_py_face_of(self)->body->resume(self, cx, op, in, out);
  if (baton_py_begin_call_in(&call, state_of(self), cx) < 0)
    return BATON_WRONG_THREAD;
  status = baton_py_face_of(self)->body->resume(self, cx, op, in, out);
  baton_py_end_call_in(&call);
  return status;
}

static int32_t BATON_CALL ended(const baton_value *self) {
  baton_py_face *face = baton_py_face_of(self);
  const baton_body *body = face->body;
  char *frame = baton_py_frame(face);
  baton_value *values = (void *)(frame + body->value_offset);
  for (uint32_t i = 0; i < body->value_count; i++) baton_drop(&values[i]);
  if (body->flags & BATON_BODY_PLACE)
    baton_drop(&((baton_place *)(void *)frame)->outcome);
  if (body->drop) body->drop(frame);
  return BATON_OK;
}

static int32_t BATON_CALL where(const baton_value *self, baton_frame *out) {
  return baton_py_where(baton_py_face_of(self), out) ? BATON_OK
                                                     : BATON_UNSUPPORTED;
}

/* "Being awaited already" is Python's rule: somebody drives it by hand, or
 * has begun to await it and still holds what he drives. */
static int32_t BATON_CALL am_await(const baton_value *self, baton_context *cx,
                                   baton_value *out) {
  baton_py_face *face = baton_py_face_of(self);
  (void)cx;
  if (face->driver && baton_load(&face->link.state) == BATON_SUSPENDED) {
    *out = baton_error_new(BATON_ERROR_RUNTIME,
                           "coroutine is being awaited already");
    return BATON_ERROR;
  }
  *out = *self;
  return BATON_LENT;
}

/* An exception may be set if this is part of letting go of something. */
#define DRIVE(call)                                                          \
  baton_py_guard guard;                                                      \
  PyObject *raised;                                                          \
  int32_t status;                                                            \
  if (baton_py_enter(state_of(self), &guard) < 0) return BATON_WRONG_THREAD; \
  raised = baton_py_raised();                                                \
  status = call;                                                             \
  if (baton_unlikely(raised)) baton_py_set_raised(raised);                   \
  baton_py_leave(&guard);                                                    \
  return status

static int32_t BATON_CALL send(const baton_value *self, baton_context *cx,
                               baton_value *in, baton_value *out) {
  DRIVE(baton_link_send(self, cx, in, out));
}

static int32_t BATON_CALL throw_(const baton_value *self, baton_context *cx,
                                 baton_value *error, baton_value *out) {
  DRIVE(baton_link_throw(self, cx, error, out));
}

static int32_t BATON_CALL close_(const baton_value *self, baton_context *cx,
                                 baton_value *out) {
  DRIVE(baton_link_close(self, cx, out));
}

static int32_t BATON_CALL traverse(const baton_value *self, baton_visit visit,
                                   void *arg) {
  (void)self;
  (void)visit; /* Python's collector has its own way in */
  (void)arg;
  return 0;
}

/* ---- introspect/1 ------------------------------------------------------ */

static int32_t text_of(PyObject *text, baton_text_view *out) {
  Py_ssize_t size = 0;
  out->data = text ? PyUnicode_AsUTF8AndSize(text, &size) : NULL;
  out->size = (uint64_t)size;
  Py_XDECREF(text); /* its object keeps it */
  if (out->data) return BATON_OK;
  PyErr_Clear();
  return BATON_UNSUPPORTED;
}

static int32_t BATON_CALL name(const baton_value *self, baton_text_view *out) {
  baton_py_face *face = baton_py_face_of(self);
  if (face->extra && face->extra->name && baton_py_attached(face->state))
    return text_of(Py_NewRef(face->extra->name), out);
  *out = baton_view(face->body->name);
  return BATON_OK;
}

static int32_t BATON_CALL qualified_name(const baton_value *self,
                                         baton_text_view *out) {
  baton_py_face *face = baton_py_face_of(self);
  if (face->extra && face->extra->qualname && baton_py_attached(face->state))
    return text_of(Py_NewRef(face->extra->qualname), out);
  *out = baton_view(face->body->qualified_name ? face->body->qualified_name
                                               : face->body->name);
  return BATON_OK;
}

static int32_t BATON_CALL delegated_to(const baton_value *self,
                                       baton_value *out) {
  return baton_py_look(baton_py_face_of(self), out);
}

static int32_t BATON_CALL query(const baton_value *self, const char *id,
                                const void **out) {
  static const baton_introspect introspect = {sizeof(baton_introspect),
                                              0,
                                              baton_link_state_of,
                                              baton_link_kind_of,
                                              name,
                                              qualified_name,
                                              where,
                                              delegated_to,
                                              baton_link_returns_to,
                                              NULL};
  static const baton_extension extensions[] = {
      {BATON_EXT_INTROSPECT, &introspect}, {NULL, NULL}};
  (void)self;
  return baton_answer(extensions, id, out);
}

void baton_py_init_hosted(baton_py_state *state) {
  static const baton_async_methods async = {sizeof(baton_async_methods), 0,
                                            am_await, NULL, NULL};
  static const baton_coroutine_methods coroutine = {
      sizeof(baton_coroutine_methods), 0, send, throw_, close_};
  static const baton_link_methods link = {
      sizeof(baton_link_methods),
      offsetof(baton_py_face, link) - BATON_PY_PAYLOAD,
      resume,
      ended,
      where,
      NULL};
  for (int kind = 0; kind < 2; kind++) {
    state->hosted[kind] = (baton_type){
        BATON_TYPE_HEAD(kind == BATON_KIND_COROUTINE ? "coroutine"
                                                     : "generator"),
        .retain = retain,
        .release = release,
        .data = state,
        .traverse = traverse,
        .as_async = kind == BATON_KIND_COROUTINE ? &async : NULL,
        .as_coroutine = &coroutine,
        .as_link = &link,
        .query = query};
  }
}
