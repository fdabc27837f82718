/* SPDX-License-Identifier: MIT */
#ifndef BATON_CYTHON_METHOD_H
#define BATON_CYTHON_METHOD_H

#include "state.h"

/** @file
 * Coroutines whose body is a C method of an extension type's instance.
 */

/**
 * One step, as `baton_body.resume`, of the instance. BATON_ERROR may come with
 * an exception set and `*out` none.
 */
typedef int32_t (*baton_method)(PyObject *self, baton_context *cx, uint32_t op,
                                baton_value *in, baton_value *out);

typedef struct baton_cython_method_frame {
  baton_value held; /* owns `object` */
  PyObject *object;
  baton_method method;
  const baton_python *py;
} baton_cython_method_frame;

static inline int32_t BATON_CALL
baton_cython_method_resume(const baton_value *self, baton_context *cx,
                           uint32_t op, baton_value *in, baton_value *out) {
  const baton_cython_method_frame *frame =
      (baton_cython_method_frame *)baton_coro_frame(self);
  int32_t status = frame->method(frame->object, cx, op, in, out);
  if (status == BATON_ERROR && baton_is_none(out))
    *out = frame->py->caught(frame->py);
  return status;
}

static inline int32_t BATON_CALL baton_cython_agen_method_resume(
    const baton_value *self, baton_context *cx, uint32_t op, baton_value *in,
    baton_value *out) {
  const baton_python *py =
      ((baton_cython_method_frame *)baton_coro_frame(self))->py;
  baton_python_guard guard;
  int32_t status;
  if (py->enter(py, cx, &guard) < 0) return BATON_WRONG_THREAD;
  status = baton_cython_method_resume(self, cx, op, in, out);
  py->leave(&guard);
  return status;
}

/** The body of the methods of one class, for a variable that outlives its
 * coroutines. `kind`: BATON_KIND_COROUTINE, _GENERATOR, _ASYNC_GENERATOR.
 * @param name borrowed for ever. */
static inline baton_body baton_method_body(const char *name, uint8_t kind) {
  baton_body body;
  memset(&body, 0, sizeof body);
  body.struct_size = sizeof body;
  body.kind = kind;
  body.frame_size = sizeof(baton_cython_method_frame);
  body.value_count = 1;
  body.name = name;
  body.language = "cython";
  body.resume = kind == BATON_KIND_ASYNC_GENERATOR
                    ? baton_cython_agen_method_resume
                    : baton_cython_method_resume;
  return body;
}

/** A new object of the shared type whose body is `method` of `self`. The object
 * keeps `self`, and lets go of it when it ends. */
static inline PyObject *baton_method_object(const baton_body *body,
                                            PyObject *self,
                                            baton_method method) {
  const baton_python *py = baton_table();
  PyObject *object = py ? py->make(py, body, &self, 1) : NULL;
  baton_cython_method_frame *frame;
  if (!object) return NULL;
  frame = (baton_cython_method_frame *)py->frame(object);
  frame->object = self;
  frame->method = method;
  frame->py = py;
  return object;
}

/** What `__await__` of a class returns: the iterator of a coroutine, taken. */
static inline PyObject *baton_iterator_of(PyObject *coroutine) {
  PyAsyncMethods *methods = Py_TYPE(coroutine)->tp_as_async;
  if (methods && methods->am_await) return methods->am_await(coroutine);
  return PyErr_Format(PyExc_TypeError, "'%.100s' object can't be awaited",
                      Py_TYPE(coroutine)->tp_name);
}

#endif
