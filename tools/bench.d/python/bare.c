/* SPDX-License-Identifier: MIT */
/*
 * What Baton is measured against: the least that C can do in its place. No
 * library, no state, no checks.
 */
#define _POSIX_C_SOURCE 200809L
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include "clock.h"

static PyObject *itself(PyObject *self) { return Py_NewRef(self); }

/* ---- iterator: yields None, for ever ----------------------------------- */

static PyObject *iterator_next(PyObject *self) {
  (void)self;
  return Py_NewRef(Py_None);
}

static PySendResult iterator_send(PyObject *self, PyObject *value,
                                  PyObject **result) {
  (void)self, (void)value;
  *result = Py_NewRef(Py_None);
  return PYGEN_NEXT;
}

static PyAsyncMethods iterator_async = {.am_await = itself,
                                        .am_send = iterator_send};

static PyTypeObject iterator_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bare.iterator",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_iter = itself,
    .tp_iternext = iterator_next,
    .tp_as_async = &iterator_async};

/* ---- forward: awaits another object, as little as that takes ----------- */

typedef struct forward {
  PyObject_HEAD PyObject *child; /* what is driven */
} forward;

static PySendResult forward_send(PyObject *self, PyObject *value,
                                 PyObject **result) {
  return PyIter_Send(((forward *)(void *)self)->child, value, result);
}

/* Good for what does not end. */
static PyObject *forward_next(PyObject *self) {
  PyObject *result = NULL;
  PyIter_Send(((forward *)(void *)self)->child, Py_None, &result);
  return result;
}

static void forward_dealloc(PyObject *self) {
  Py_XDECREF(((forward *)(void *)self)->child);
  Py_TYPE(self)->tp_free(self);
}

static PyAsyncMethods forward_async = {.am_await = itself,
                                       .am_send = forward_send};

static PyTypeObject forward_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bare.forward",
    .tp_basicsize = sizeof(forward),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = forward_dealloc,
    .tp_iter = itself,
    .tp_iternext = forward_next,
    .tp_as_async = &forward_async};

static PyObject *make_forward(PyObject *module, PyObject *child) {
  forward *made = PyObject_New(forward, &forward_type);
  (void)module;
  if (made) made->child = Py_NewRef(child);
  return (PyObject *)made;
}

/* ---- ready: one object for all awaits, which has always ended ---------- */

static PyObject *value_of_ready; /* what the next await of it returns */
static PyObject *stop;           /* reused where nobody has kept it */

/* As cheap as StopIteration gets: nothing else can see the exception. */
static int raise_stop(PyObject *value) {
  PyObject *old;
  if (!stop || Py_REFCNT(stop) != 1) {
    Py_XSETREF(stop, PyObject_CallNoArgs(PyExc_StopIteration));
    if (!stop) return -1;
  }
  old = ((PyStopIterationObject *)stop)->value;
  ((PyStopIterationObject *)stop)->value = Py_NewRef(value);
  Py_XDECREF(old);
#if PY_VERSION_HEX >= 0x030C0000
  PyErr_SetRaisedException(Py_NewRef(stop));
#else
  PyErr_Restore(Py_NewRef(PyExc_StopIteration), Py_NewRef(stop), NULL);
#endif
  return 0;
}

static PyObject *ready_next(PyObject *self) {
  (void)self;
  if (value_of_ready != Py_None) raise_stop(value_of_ready);
  return NULL;
}

static PySendResult ready_send(PyObject *self, PyObject *value,
                               PyObject **result) {
  (void)self, (void)value;
  *result = Py_NewRef(value_of_ready);
  return PYGEN_RETURN;
}

static PyAsyncMethods ready_async = {.am_await = itself, .am_send = ready_send};

static PyTypeObject ready_type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "bare.ready",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_iter = itself,
    .tp_iternext = ready_next,
    .tp_as_async = &ready_async};

static PyObject *the_ready;

static PyObject *ready(PyObject *module, PyObject *value) {
  (void)module;
  Py_XSETREF(value_of_ready, Py_NewRef(value));
  return Py_NewRef(the_ready);
}

/* ---- resume: a driver in C --------------------------------------------- */

static PyObject *resume(PyObject *module, PyObject *args) {
  PyObject *object, *result;
  Py_ssize_t count;
  double began;
  (void)module;
  if (!PyArg_ParseTuple(args, "On", &object, &count)) return NULL;
  began = bench_clock();
  for (Py_ssize_t left = count; left > 0; left--) {
    switch (PyIter_Send(object, Py_None, &result)) {
      case PYGEN_NEXT:
        Py_DECREF(result);
        break;
      case PYGEN_RETURN:
        Py_DECREF(result);
        return PyErr_Format(PyExc_AssertionError, "it has ended");
      default:
        return NULL;
    }
  }
  return PyFloat_FromDouble(bench_clock() - began);
}

/* ---- The module -------------------------------------------------------- */

static PyMethodDef methods[] = {
    {"forward", make_forward, METH_O, "Awaits a coroutine."},
    {"ready", ready, METH_O, "An awaitable that returns the value."},
    {"resume", resume, METH_VARARGS, "Sends None; the time of all, in ns."},
    {NULL, NULL, 0, NULL}};

static int begin(PyObject *module) {
  if (PyType_Ready(&iterator_type) < 0 || PyType_Ready(&forward_type) < 0 ||
      PyType_Ready(&ready_type) < 0)
    return -1;
  the_ready = PyObject_New(PyObject, &ready_type);
  if (!the_ready) return -1;
  return PyModule_AddObjectRef(module, "iterator", (PyObject *)&iterator_type);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)begin},
#ifdef Py_GIL_DISABLED
                                   {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
                                   {0, NULL}};

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "bare",
                                 .m_methods = methods, .m_slots = slots};

PyMODINIT_FUNC PyInit_bare(void) { return PyModuleDef_Init(&definition); }
