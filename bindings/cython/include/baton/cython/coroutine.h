/* SPDX-License-Identifier: MIT */
#ifndef BATON_CYTHON_COROUTINE_H
#define BATON_CYTHON_COROUTINE_H

#include "delegate.h"
#include "drive.h"

/** @file
 * The body around a coroutine or generator that Cython has made.
 */

typedef struct baton_cython_frame {
  PyObject *object; /* null once it has ended */
  baton_cython_type *how;
  uint8_t hidden; /* from its first suspension on */
} baton_cython_frame;

BATON_CYTHON_APART static PySendResult baton_cython_step_slowly(
    const baton_cython_frame *frame, const baton_context *cx, uint32_t op,
    baton_value *in, PyObject **result) {
  const baton_cython_type *how = frame->how;
  const baton_python *py = how->state->py;
  baton_cython_handling handling;
  PySendResult sent = PYGEN_ERROR;
  PyObject *given;
  *result = NULL;
  baton_cython_begin(py, cx, &handling);
  if (op == BATON_OP_THROW) {
    given = baton_cython_call_with(py, how->throw_, frame->object, in);
    sent = baton_cython_stepped(given, result);
  } else if ((given = py->to_object(py, in)) != NULL) {
    sent = how->send(frame->object, given, result);
    Py_DECREF(given);
  }
  baton_cython_end(&handling);
  return sent;
}

/* It has yielded, which is for the driver unless it delegates. */
BATON_CYTHON_APART static int32_t baton_cython_yielded(baton_cython_type *how,
                                                       const baton_context *cx,
                                                       PyObject *result,
                                                       baton_value *out) {
  const baton_python *py = how->state->py;
  PyObject *target;
  if (Py_TYPE(result) != how->state->delegation) {
    *out = py->yielded(py, cx, result);
    return BATON_YIELD;
  }
  target = Py_NewRef(baton_cython_delegation_of(result)->target);
  Py_DECREF(result);
  baton_cython_give(how, target, out);
  return BATON_AWAIT;
}

static inline void baton_cython_suspended(baton_cython_frame *frame) {
  if (BATON_CYTHON_LIKELY(frame->hidden)) return;
  frame->hidden = 1;
  baton_cython_hide(frame->how, frame->object);
}

static inline int32_t BATON_CALL baton_cython_resume(const baton_value *self,
                                                     baton_context *cx,
                                                     uint32_t op,
                                                     baton_value *in,
                                                     baton_value *out) {
  baton_cython_frame *frame = (baton_cython_frame *)baton_coro_frame(self);
  baton_cython_type *how = frame->how;
  PyObject *result, *object = frame->object;
  PySendResult sent;
  if (BATON_CYTHON_LIKELY(op == BATON_OP_SEND && baton_is_none(in) &&
                          !cx->handled))
    sent = how->send(object, Py_None, &result);
  else
    sent = baton_cython_step_slowly(frame, cx, op, in, &result);
  if (sent == PYGEN_NEXT) baton_cython_suspended(frame);
  if (BATON_CYTHON_LIKELY(sent == PYGEN_NEXT && result == Py_None)) {
    Py_DECREF(result);
    return BATON_YIELD;
  }
  if (sent == PYGEN_NEXT) return baton_cython_yielded(how, cx, result, out);
  if (BATON_CYTHON_LIKELY(sent == PYGEN_RETURN))
    baton_cython_give(how, result, out);
  else
    *out = how->state->py->caught(how->state->py);
  frame->object = NULL;
  Py_DECREF(object);
  return sent == PYGEN_RETURN ? BATON_RETURN : BATON_ERROR;
}

/* It did not end: closed, so that Cython does not tell, too, that it was never
 * awaited. */
static inline void BATON_CALL baton_cython_drop(void *memory) {
  baton_cython_frame *frame = (baton_cython_frame *)memory;
  PyObject *object = frame->object, *before, *result;
  if (!object) return;
  frame->object = NULL;
  before = baton_cython_raised();
  result = PyObject_CallOneArg(frame->how->close, object);
  if (!result) PyErr_WriteUnraisable(object);
  Py_XDECREF(result);
  Py_DECREF(object);
  baton_cython_set_raised(before);
}

static inline int32_t BATON_CALL baton_cython_traverse(void *memory,
                                                       baton_visit visit,
                                                       void *arg) {
  const baton_cython_frame *frame = (baton_cython_frame *)memory;
  if (!frame->object) return 0;
  return baton_cython_visit(frame->how, frame->object, visit, arg);
}

/** Moves `made` into the frame of `object`. @return 0, or -1 with an
 * exception; `made` is taken in both. */
static inline int baton_cython_fill(PyObject *object, PyObject *made,
                                    baton_cython_type *how) {
  baton_cython_frame *frame =
      (baton_cython_frame *)how->state->py->frame(object);
  if (how->by_iterator) {
    PyObject *iterator = Py_TYPE(made)->tp_as_async->am_await(made);
    Py_DECREF(made);
    if (!iterator) return -1;
    baton_cython_hide(how, made);
    baton_cython_hide(how, iterator);
    frame->hidden = 1;
    made = iterator;
  }
  frame->how = how;
  frame->object = made;
  return 0;
}

#endif
