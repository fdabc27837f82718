/* SPDX-License-Identifier: MIT */
#ifndef BATON_CYTHON_ASYNC_GENERATOR_H
#define BATON_CYTHON_ASYNC_GENERATOR_H

#include "coroutine.h"

/** @file
 * The body around an async generator that Cython has made: each resume by the
 * consumer becomes an asend or athrow of it, which is then driven to its end.
 */

typedef struct baton_cython_agen_frame {
  baton_value held; /* owns `object`; none once that has ended */
  baton_value step; /* what asend or athrow gave, or none between items */
  PyObject *object, *stepping;
  baton_cython_type *how;
  uint8_t begun;
  uint8_t throwing; /* `step` is what athrow gave */
} baton_cython_agen_frame;

/* The loop's hooks are for the object that Python sees, not for the one in it,
 * whose first use would call them again. */

typedef struct baton_cython_hooks {
  PyObject *first, *finalizer;
} baton_cython_hooks;

static inline baton_cython_hooks baton_cython_hide_hooks(void) {
  PyThreadState *thread = PyThreadState_Get();
  baton_cython_hooks hooks;
  hooks.first = thread->async_gen_firstiter;
  hooks.finalizer = thread->async_gen_finalizer;
  thread->async_gen_firstiter = thread->async_gen_finalizer = NULL;
  return hooks;
}

static inline void baton_cython_show_hooks(const baton_cython_hooks *hooks) {
  PyThreadState *thread = PyThreadState_Get();
  thread->async_gen_firstiter = hooks->first;
  thread->async_gen_finalizer = hooks->finalizer;
}

static inline PyObject *baton_cython_ask(const baton_cython_agen_frame *frame,
                                         uint32_t op, baton_value *in) {
  const baton_cython_type *how = frame->how;
  baton_cython_hooks hooks = baton_cython_hide_hooks();
  PyObject *given = baton_cython_call_with(
      how->state->py, op == BATON_OP_THROW ? how->athrow : how->asend,
      frame->object, in);
  baton_cython_show_hooks(&hooks);
  return given;
}

/* An athrow of Cython's whose tp_iternext ends with the item None asks which
 * exception is set, and there is none: it crashes. Its `send` sets one. */
static inline PySendResult baton_cython_agen_send(
    const baton_cython_agen_frame *frame, PyObject *arg, PyObject **result) {
  if (!frame->throwing) return PyIter_Send(frame->stepping, arg, result);
  return baton_cython_stepped(
      PyObject_CallMethod(frame->stepping, "send", "(O)", arg), result);
}

static inline PySendResult baton_cython_agen_step(
    baton_cython_agen_frame *frame, uint32_t op, baton_value *in,
    PyObject **result) {
  const baton_python *py = frame->how->state->py;
  PyObject *given;
  PySendResult sent = PYGEN_ERROR;
  *result = NULL;
  if (baton_is_none(&frame->step)) {
    given = baton_cython_ask(frame, op, in);
    if (!given) return PYGEN_ERROR;
    frame->begun = 1;
    frame->throwing = op == BATON_OP_THROW;
    frame->stepping = given;
    frame->step = py->from_object(py, given);
    Py_DECREF(given);
    return baton_cython_agen_send(frame, Py_None, result);
  }
  given = py->to_object(py, in);
  if (!given) return PYGEN_ERROR;
  if (op == BATON_OP_THROW)
    sent = baton_cython_stepped(
        PyObject_CallMethod(frame->stepping, "throw", "O", given), result);
  else
    sent = baton_cython_agen_send(frame, given, result);
  Py_DECREF(given);
  return sent;
}

static inline int32_t baton_cython_agen_run(baton_cython_agen_frame *frame,
                                            const baton_context *cx,
                                            uint32_t op, baton_value *in,
                                            baton_value *out) {
  baton_cython_type *how = frame->how;
  const baton_python *py = how->state->py;
  baton_cython_handling handling;
  PyObject *result;
  PySendResult sent;
  baton_cython_begin(py, cx, &handling);
  sent = baton_cython_agen_step(frame, op, in, &result);
  baton_cython_end(&handling);
  if (sent == PYGEN_NEXT) return baton_cython_yielded(how, cx, result, out);
  if (sent == PYGEN_ERROR) *out = py->caught(py);
  baton_drop(&frame->step);
  if (sent == PYGEN_RETURN) {
    baton_cython_give(how, result, out);
    return BATON_ITEM;
  }
  baton_drop(&frame->held);
  if (baton_error_kind(out) != BATON_ERROR_STOP_ASYNC_ITERATION)
    return BATON_ERROR;
  baton_drop(out);
  return BATON_RETURN;
}

static inline int32_t BATON_CALL
baton_cython_agen_resume(const baton_value *self, baton_context *cx,
                         uint32_t op, baton_value *in, baton_value *out) {
  baton_cython_agen_frame *frame =
      (baton_cython_agen_frame *)baton_coro_frame(self);
  const baton_python *py = frame->how->state->py;
  baton_python_guard guard;
  int32_t status;
  if (py->enter(py, cx, &guard) < 0) return BATON_WRONG_THREAD;
  status = baton_cython_agen_run(frame, cx, op, in, out);
  py->leave(&guard);
  return status;
}

/* One that never ran is closed, which runs nothing: Cython would tell that it
 * was never awaited. */
static inline void baton_cython_agen_close(PyObject *object) {
  baton_cython_hooks hooks = baton_cython_hide_hooks();
  PyObject *step = PyObject_CallMethod(object, "aclose", NULL), *result;
  baton_cython_show_hooks(&hooks);
  if (step && PyIter_Send(step, Py_None, &result) != PYGEN_ERROR)
    Py_DECREF(result);
  Py_XDECREF(step);
  PyErr_Clear();
}

static inline void BATON_CALL baton_cython_agen_drop(void *memory) {
  baton_cython_agen_frame *frame = (baton_cython_agen_frame *)memory;
  const baton_python *py;
  baton_python_guard guard;
  PyObject *before;
  if (baton_is_none(&frame->held)) return;
  py = frame->how->state->py;
  if (py->enter(py, NULL, &guard) < 0)
    return; /* it goes with the interpreter */
  before = baton_cython_raised();
  if (!frame->begun) baton_cython_agen_close(frame->object);
  baton_drop(&frame->step);
  baton_drop(&frame->held);
  baton_cython_set_raised(before);
  py->leave(&guard);
}

static inline int32_t BATON_CALL baton_cython_agen_traverse(void *memory,
                                                            baton_visit visit,
                                                            void *arg) {
  const baton_cython_agen_frame *frame = (baton_cython_agen_frame *)memory;
  int32_t result = baton_is_none(&frame->step) ? 0 : visit(&frame->step, arg);
  if (result || baton_is_none(&frame->held)) return result;
  return baton_cython_visit(frame->how, frame->object, visit, arg);
}

static inline void baton_cython_agen_fill(PyObject *object, PyObject *made,
                                          baton_cython_type *how) {
  const baton_python *py = how->state->py;
  baton_cython_agen_frame *frame = (baton_cython_agen_frame *)py->frame(object);
  frame->how = how;
  frame->object = made;
  frame->held = py->from_object(py, made);
  Py_DECREF(made);
  baton_cython_hide(how, made);
}

#endif
