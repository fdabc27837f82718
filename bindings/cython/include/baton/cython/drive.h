/* SPDX-License-Identifier: MIT */
#ifndef BATON_CYTHON_DRIVE_H
#define BATON_CYTHON_DRIVE_H

#include "state.h"

/** @file
 * How objects of one type of Cython's are driven: slots and methods that are
 * looked up once. Each compiled module has types of its own.
 */

typedef struct baton_cython_type {
  const baton_cython_state *state;
  PyTypeObject *type;
  /* Cython 3.0's coroutines have no am_send: what am_await gives is driven in
   * their place. */
  int by_iterator;
  sendfunc send;
  PyObject *throw_, *close; /* unbound methods; null of async generators */
  PyObject *asend, *athrow; /* those of async generators */
  int hides;                /* see baton_cython_hide */
  baton_value plain;        /* an object as a value, but for its payload */
  PyTypeObject *last;       /* whose objects were plain when one was given */
} baton_cython_type;

/* ---- Looking up --------------------------------------------------------- */

static inline int baton_cython_find_methods(baton_cython_type *how,
                                            PyTypeObject *driven, int kind) {
  PyObject *type = (PyObject *)driven;
  if (kind == BATON_KIND_ASYNC_GENERATOR)
    return (how->asend = PyObject_GetAttrString(type, "asend")) &&
                   (how->athrow = PyObject_GetAttrString(type, "athrow"))
               ? 0
               : -1;
  how->send = driven->tp_as_async ? driven->tp_as_async->am_send : NULL;
  if (!how->send) how->send = PyIter_Send;
  return (how->throw_ = PyObject_GetAttrString(type, "throw")) &&
                 (how->close = PyObject_GetAttrString(type, "close"))
             ? 0
             : -1;
}

BATON_CYTHON_APART static baton_cython_type *baton_cython_new_type(
    const baton_cython_state *state, PyObject *made, int kind) {
  PyTypeObject *type = Py_TYPE(made), *driven = type;
  PyAsyncMethods *methods = type->tp_as_async;
  PyObject *iterator = NULL;
  baton_cython_type *how = (baton_cython_type *)PyMem_RawCalloc(1, sizeof *how);
  if (!how) return (baton_cython_type *)PyErr_NoMemory();
  how->state = state;
  /* CPython's own are to be seen by the collector. */
  how->hides = PyType_IS_GC(type) && !PyCoro_CheckExact(made) &&
               !PyGen_CheckExact(made) && !PyAsyncGen_CheckExact(made);
  how->by_iterator = kind == BATON_KIND_COROUTINE && methods &&
                     methods->am_await && !methods->am_send;
  if (how->by_iterator) {
    iterator = methods->am_await(made);
    driven = iterator ? Py_TYPE(iterator) : NULL;
  }
  if (driven && baton_cython_find_methods(how, driven, kind) == 0) {
    Py_XDECREF(iterator);
    how->plain = state->py->from_object(state->py, made);
    Py_DECREF(made); /* only its descriptor is kept */
    how->type = (PyTypeObject *)Py_NewRef((PyObject *)type);
    return how;
  }
  Py_XDECREF(iterator);
  Py_XDECREF(how->throw_);
  Py_XDECREF(how->asend);
  PyMem_RawFree(how);
  return NULL;
}

/** How to drive `made`, which a function of that kind returned. @return null
 * with an exception. */
BATON_CYTHON_APART static baton_cython_type *baton_cython_type_of(
    const baton_cython_state *state, PyObject *made, int kind) {
  PyObject *type = (PyObject *)Py_TYPE(made);
  PyObject *capsule = PyDict_GetItemWithError(state->types, type), *kept;
  baton_cython_type *how;
  if (capsule) return (baton_cython_type *)PyCapsule_GetPointer(capsule, NULL);
  if (PyErr_Occurred()) return NULL;
  how = baton_cython_new_type(state, made, kind);
  if (!how) return NULL;
  capsule = PyCapsule_New(how, NULL, NULL);
  kept = capsule ? PyDict_SetDefault(state->types, type, capsule) : NULL;
  Py_XDECREF(capsule);
  return kept ? (baton_cython_type *)PyCapsule_GetPointer(kept, NULL) : NULL;
}

/* ---- Stepping ----------------------------------------------------------- */

/* A method returned, or raised: a StopIteration is the end. */
static inline PySendResult baton_cython_stepped(PyObject *given,
                                                PyObject **result) {
  PyObject *stop;
  *result = given;
  if (given) return PYGEN_NEXT;
  if (!PyErr_ExceptionMatches(PyExc_StopIteration)) return PYGEN_ERROR;
  stop = baton_cython_raised();
  *result = Py_NewRef(((PyStopIterationObject *)(void *)stop)->value);
  Py_DECREF(stop);
  return PYGEN_RETURN;
}

/** Calls `method` of `object` with what `*in` is to Python, taken. */
static inline PyObject *baton_cython_call_with(const baton_python *py,
                                               PyObject *method,
                                               PyObject *object,
                                               baton_value *in) {
  PyObject *arguments[2], *result;
  arguments[0] = object;
  arguments[1] = py->to_object(py, in);
  if (!arguments[1]) return NULL;
  result = PyObject_Vectorcall(method, arguments, 2, NULL);
  Py_DECREF(arguments[1]);
  return result;
}

/* An object of a plain type is its value's payload. Those of the shared types
 * may be links, and what is not plain is seldom given twice. */
BATON_CYTHON_APART static void baton_cython_give_slowly(baton_cython_type *how,
                                                        PyObject *object,
                                                        baton_value *out) {
  const baton_python *py = how->state->py;
  PyTypeObject *type = Py_TYPE(object);
  *out = py->from_object(py, object);
  if (out->head.type == how->plain.head.type &&
      out->payload.object == (void *)object && type != py->coroutine &&
      type != py->generator)
    how->last = type;
  Py_DECREF(object);
}

/** Puts an object, taken, into `*out`. */
static inline void baton_cython_give(baton_cython_type *how, PyObject *object,
                                     baton_value *out) {
  if (BATON_CYTHON_LIKELY(Py_TYPE(object) == how->last))
    *out = baton_from_object(how->plain.head.type, object);
  else if (object == Py_None)
    Py_DECREF(object);
  else
    baton_cython_give_slowly(how, object, out);
}

/* ---- The collector --------------------------------------------------------
 */

/* What the object around it holds is hidden from the collector once it is
 * suspended: its finalizer would run first, and end it behind that object's
 * back. If nobody else has a reference, what it refers to is visited in its
 * place. */

typedef struct baton_cython_walk {
  const baton_cython_type *how;
  baton_visit visit;
  void *arg;
} baton_cython_walk;

static inline int baton_cython_walk_one(PyObject *object, void *arg) {
  const baton_cython_walk *walk = (const baton_cython_walk *)arg;
  baton_value view = baton_from_object(walk->how->plain.head.type, object);
  /* A hidden coroutine below its hidden iterator. */
  if (Py_TYPE(object) == walk->how->type && !PyObject_GC_IsTracked(object))
    return Py_TYPE(object)->tp_traverse(object, baton_cython_walk_one, arg);
  return walk->visit(&view, walk->arg);
}

static inline void baton_cython_hide(const baton_cython_type *how,
                                     PyObject *object) {
  if (how->hides && Py_REFCNT(object) == 1) PyObject_GC_UnTrack(object);
}

static inline int32_t baton_cython_visit(const baton_cython_type *how,
                                         PyObject *object, baton_visit visit,
                                         void *arg) {
  baton_cython_walk walk = {how, visit, arg};
  if (PyObject_GC_IsTracked(object))
    return baton_cython_walk_one(object, &walk);
  return Py_TYPE(object)->tp_traverse(object, baton_cython_walk_one, &walk);
}

/* ---- What is handled ----------------------------------------------------- */

/** What the chain above handles is what the called code handles. */
typedef struct baton_cython_handling {
  int is;
  PyObject *before;
} baton_cython_handling;

static inline void baton_cython_begin(const baton_python *py,
                                      const baton_context *cx,
                                      baton_cython_handling *handling) {
  baton_value copy;
  PyObject *handled;
  handling->is = 0;
  handling->before = NULL;
  if (!cx->handled || baton_copy(cx->handled, &copy) != BATON_OK) return;
  handled = py->to_object(py, &copy);
  if (handled && PyExceptionInstance_Check(handled)) {
    handling->is = 1;
    handling->before = baton_cython_swap_handled(handled);
  } else {
    Py_XDECREF(handled);
    PyErr_Clear();
  }
}

static inline void baton_cython_end(baton_cython_handling *handling) {
  if (handling->is) Py_XDECREF(baton_cython_swap_handled(handling->before));
}

#endif
