/* SPDX-License-Identifier: MIT */
#ifndef BATON_CYTHON_DELEGATE_H
#define BATON_CYTHON_DELEGATE_H

#include "state.h"

/** @file
 * `await delegate(x)`: the coroutine is not run again before `x` has ended.
 *
 * What is awaited is yielded to the body around the Cython coroutine, which
 * returns AWAIT, so that resuming costs the same at any depth, and `cr_await`
 * tells it. Only in a function that `shared` decorates: anybody else is given
 * a token that he does not know.
 */

typedef struct baton_cython_delegation {
  PyObject_HEAD PyObject *target;
  int told;
} baton_cython_delegation;

static inline baton_cython_delegation *baton_cython_delegation_of(
    PyObject *self) {
  return (baton_cython_delegation *)(void *)self;
}

static inline int baton_cython_is_handling(void) {
#if PY_VERSION_HEX >= 0x030B0000
  PyObject *handled = PyErr_GetHandledException();
#else
  PyObject *type, *handled, *traceback;
  PyErr_GetExcInfo(&type, &handled, &traceback);
  Py_XDECREF(type);
  Py_XDECREF(traceback);
#endif
  Py_XDECREF(handled);
  return handled != NULL;
}

/* Who handles an exception must be below on the stack when the target raises
 * one: then it is awaited as usual. */
static inline PyObject *baton_cython_delegation_await(PyObject *self) {
  PyObject *target = baton_cython_delegation_of(self)->target;
  PyAsyncMethods *methods = Py_TYPE(target)->tp_as_async;
  return methods && methods->am_await && baton_cython_is_handling()
             ? methods->am_await(target)
             : Py_NewRef(self);
}

static inline PySendResult baton_cython_delegation_send(PyObject *self,
                                                        PyObject *arg,
                                                        PyObject **result) {
  baton_cython_delegation *is = baton_cython_delegation_of(self);
  *result = Py_NewRef(is->told ? arg : self);
  if (is->told) return PYGEN_RETURN;
  is->told = 1;
  return PYGEN_NEXT;
}

static inline PyObject *baton_cython_delegation_next(PyObject *self) {
  PyObject *result;
  if (baton_cython_delegation_send(self, Py_None, &result) == PYGEN_NEXT)
    return result;
  Py_DECREF(result);
  return NULL;
}

/* The result of the target, for drivers that know no slots. */
static inline PyObject *baton_cython_delegation_send_method(PyObject *self,
                                                            PyObject *arg) {
  PyObject *result, *stop;
  if (baton_cython_delegation_send(self, arg, &result) == PYGEN_NEXT)
    return result;
  stop = PyObject_CallOneArg(PyExc_StopIteration, result);
  Py_DECREF(result);
  if (stop) baton_cython_set_raised(stop);
  return NULL;
}

static inline PyObject *baton_cython_delegation_throw(PyObject *self,
                                                      PyObject *args) {
  PyObject *type, *value = NULL, *traceback = NULL;
  (void)self;
  if (!PyArg_ParseTuple(args, "O|OO:throw", &type, &value, &traceback))
    return NULL;
  if (PyExceptionInstance_Check(type))
    baton_cython_set_raised(Py_NewRef(type));
  else
    PyErr_Restore(Py_NewRef(type), Py_XNewRef(value), Py_XNewRef(traceback));
  return NULL;
}

static inline int baton_cython_delegation_traverse(PyObject *self,
                                                   visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(self));
  Py_VISIT(baton_cython_delegation_of(self)->target);
  return 0;
}

static inline void baton_cython_delegation_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  Py_DECREF(baton_cython_delegation_of(self)->target);
  PyObject_GC_Del(self);
  Py_DECREF(type);
}

static inline PyTypeObject *baton_cython_new_delegation_type(void) {
  static PyMethodDef methods[] = {
      {"send", baton_cython_delegation_send_method, METH_O, NULL},
      {"throw", baton_cython_delegation_throw, METH_VARARGS, NULL},
      {NULL, NULL, 0, NULL}};
  PyType_Slot slots[] = {
      {Py_am_await, (void *)baton_cython_delegation_await},
      {Py_am_send, (void *)baton_cython_delegation_send},
      {Py_tp_iter, (void *)PyObject_SelfIter},
      {Py_tp_iternext, (void *)baton_cython_delegation_next},
      {Py_tp_methods, (void *)methods},
      {Py_tp_traverse, (void *)baton_cython_delegation_traverse},
      {Py_tp_dealloc, (void *)baton_cython_delegation_dealloc},
      {0, NULL}};
  PyType_Spec spec = {"baton.delegation", sizeof(baton_cython_delegation), 0,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC |
                          Py_TPFLAGS_DISALLOW_INSTANTIATION |
                          Py_TPFLAGS_IMMUTABLETYPE,
                      slots};
  return (PyTypeObject *)PyType_FromSpec(&spec);
}

/** `await delegate(x)` in a decorated function: as `await x`, and flat. @return
 * an awaitable, good for one await; null with an exception. */
static inline PyObject *baton_cython_delegate(PyObject *awaitable) {
  const baton_cython_state *state = baton_cython_state_here();
  baton_cython_delegation *made;
  if (!state) return NULL;
  made = PyObject_GC_New(baton_cython_delegation, state->delegation);
  if (!made) return NULL;
  made->target = Py_NewRef(awaitable);
  made->told = 0;
  PyObject_GC_Track(made);
  return (PyObject *)made;
}

#endif
