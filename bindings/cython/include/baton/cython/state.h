/* SPDX-License-Identifier: MIT */
#ifndef BATON_CYTHON_STATE_H
#define BATON_CYTHON_STATE_H

#include <string.h>

#ifdef BATON_SHIM
#include BATON_SHIM
#else
#include <baton/python.h>
#endif

/** @file
 * What a module keeps for each interpreter. It is never freed: coroutines that
 * outlive the module lead to it.
 */

/* What is seldom run is kept out of what is run for each await. */
#if defined(__GNUC__)
#define BATON_CYTHON_APART __attribute__((noinline, cold, unused))
#define BATON_CYTHON_LIKELY(x) __builtin_expect(!!(x), 1)
#else
#define BATON_CYTHON_APART
#define BATON_CYTHON_LIKELY(x) (x)
#endif

typedef struct baton_cython_state {
  const baton_python *py;
  PyTypeObject *function;   /* what `shared` gives */
  PyTypeObject *delegation; /* what `delegate` gives */
  PyObject *bodies;         /* (kind, name, qualified name) -> capsule */
  PyObject *types;          /* type of Cython's -> capsule */
} baton_cython_state;

/** The table of the current interpreter: borrowed, for its lifetime. @return
 * null with ImportError. */
static inline const baton_python *baton_table(void) {
#ifdef BATON_SHIM
  return baton_python_get();
#else
  return baton_python_import();
#endif
}

static inline PyTypeObject *baton_cython_new_function_type(void);
static inline PyTypeObject *baton_cython_new_delegation_type(void);

/* An entry of the interpreter's that is this module's own. */
static inline PyObject *baton_cython_key(void) {
  static const char here = 0;
  return PyUnicode_FromFormat("baton.cython.%p", (const void *)&here);
}

static inline baton_cython_state *baton_cython_new_state(PyObject *home,
                                                         PyObject *key) {
  PyObject *capsule;
  baton_cython_state *state =
      (baton_cython_state *)PyMem_RawCalloc(1, sizeof *state);
  if (!state) return (baton_cython_state *)PyErr_NoMemory();
  state->py = baton_table();
  if (!state->py || !(state->function = baton_cython_new_function_type()) ||
      !(state->delegation = baton_cython_new_delegation_type()) ||
      !(state->bodies = PyDict_New()) || !(state->types = PyDict_New()))
    return NULL;
  capsule = PyCapsule_New(state, NULL, NULL);
  if (capsule && PyDict_SetItem(home, key, capsule) < 0) Py_CLEAR(capsule);
  Py_XDECREF(capsule);
  return capsule ? state : NULL;
}

/** @return null with an exception. */
static inline baton_cython_state *baton_cython_state_here(void) {
  PyObject *home = PyInterpreterState_GetDict(PyInterpreterState_Get());
  PyObject *key = home ? baton_cython_key() : NULL, *capsule;
  baton_cython_state *state = NULL;
  if (!key) return (baton_cython_state *)PyErr_NoMemory();
  capsule = PyDict_GetItemWithError(home, key);
  if (capsule)
    state = (baton_cython_state *)PyCapsule_GetPointer(capsule, NULL);
  else if (!PyErr_Occurred())
    state = baton_cython_new_state(home, key);
  Py_DECREF(key);
  return state;
}

/* ---- Exceptions, from CPython 3.10 on ----------------------------------- */

/** Takes the exception that is set, an instance; null if there is none. */
static inline PyObject *baton_cython_raised(void) {
#if PY_VERSION_HEX >= 0x030C0000
  return PyErr_GetRaisedException();
#else
  PyObject *type, *value, *traceback;
  PyErr_Fetch(&type, &value, &traceback);
  if (!type) return NULL;
  PyErr_NormalizeException(&type, &value, &traceback);
  if (traceback) PyException_SetTraceback(value, traceback);
  Py_XDECREF(traceback);
  Py_DECREF(type);
  return value;
#endif
}

/** Sets an instance, taken; null clears. */
static inline void baton_cython_set_raised(PyObject *exception) {
#if PY_VERSION_HEX >= 0x030C0000
  PyErr_SetRaisedException(exception);
#else
  if (!exception) {
    PyErr_Clear();
    return;
  }
  PyErr_Restore(Py_NewRef((PyObject *)Py_TYPE(exception)), exception,
                PyException_GetTraceback(exception));
#endif
}

/** Exchanges what counts as being handled: takes an exception or null. @return
 * the one before, owned, or null. */
static inline PyObject *baton_cython_swap_handled(PyObject *exception) {
#if PY_VERSION_HEX >= 0x030B0000
  PyObject *before = PyErr_GetHandledException(), *outer;
  if (before) { /* it may be that of a frame further out */
    PyErr_SetHandledException(NULL);
    outer = PyErr_GetHandledException();
    if (outer == before) Py_CLEAR(before);
    Py_XDECREF(outer);
  }
  PyErr_SetHandledException(exception);
  Py_XDECREF(exception);
  return before;
#else
  PyObject *type, *before, *traceback;
  PyErr_GetExcInfo(&type, &before, &traceback);
  Py_XDECREF(type);
  Py_XDECREF(traceback);
  PyErr_SetExcInfo(exception ? Py_NewRef((PyObject *)Py_TYPE(exception)) : NULL,
                   exception,
                   exception ? PyException_GetTraceback(exception) : NULL);
  return before;
#endif
}

#endif
