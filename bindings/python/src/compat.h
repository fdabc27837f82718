/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_COMPAT_H
#define BATON_PY_COMPAT_H

#include <baton/python.h>
#include <frameobject.h>
#include <structmember.h>

/** @file
 * What differs between CPython 3.10 and 3.15.
 */

#if PY_VERSION_HEX < 0x030A0000
#error "baton needs CPython 3.10 or newer"
#endif

#define BATON_PY_HAS(major, minor) \
  (PY_VERSION_HEX >= (((major) << 24) | ((minor) << 16)))

/** Takes the exception that is set, an instance with its traceback. */
static inline PyObject *baton_py_raised(void) {
#if BATON_PY_HAS(3, 12)
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

/** Sets an exception as it is, taken; null clears. */
static inline void baton_py_set_raised(PyObject *exception) {
#if BATON_PY_HAS(3, 12)
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

/** Exchanges the exception that the running frame handles: sets a borrowed one
 * or none. @return a new reference to the one before, or null. */
static inline PyObject *baton_py_swap_handled(PyObject *exception) {
#if BATON_PY_HAS(3, 11)
  PyObject *before = PyErr_GetHandledException(), *outer;
  if (before) { /* or is it that of a frame further out? */
    PyErr_SetHandledException(NULL);
    outer = PyErr_GetHandledException();
    if (outer == before) Py_CLEAR(before);
    Py_XDECREF(outer);
  }
  PyErr_SetHandledException(exception);
  return before;
#else
  PyObject *type, *value, *traceback;
  PyErr_GetExcInfo(&type, &value, &traceback);
  Py_XDECREF(type);
  Py_XDECREF(traceback);
  if (exception)
    PyErr_SetExcInfo(Py_NewRef((PyObject *)Py_TYPE(exception)),
                     Py_NewRef(exception), PyException_GetTraceback(exception));
  else
    PyErr_SetExcInfo(NULL, NULL, NULL);
  return value;
#endif
}

/** The state that baton_py_enter has made for this thread, if any. */
extern _Thread_local PyThreadState *baton_py_entered;

/** The thread state attached to this thread, or null; safe without the GIL. */
static inline PyThreadState *baton_py_thread(void) {
#if BATON_PY_HAS(3, 13)
  return PyThreadState_GetUnchecked();
#elif BATON_PY_HAS(3, 12)
  return _PyThreadState_UncheckedGet();
#else
  /* Up to 3.11 this is the state that runs on whatever thread. */
  PyThreadState *running = _PyThreadState_UncheckedGet();
  if (!running) return NULL;
  if (running == PyGILState_GetThisThreadState()) return running;
  return running == baton_py_entered ? running : NULL;
#endif
}

/** Reports the exception that is set; `what` is the text of newer versions:
 * "Exception ignored while closing generator". */
static inline void baton_py_unraisable(const char *what, PyObject *object) {
#if BATON_PY_HAS(3, 14)
  PyErr_FormatUnraisable("Exception ignored while %s %R", what, object);
#else
  (void)what;
  PyErr_WriteUnraisable(object);
#endif
}

#ifdef Py_GIL_DISABLED
#define BATON_PY_FREE_THREADED 1
#else
#define BATON_PY_FREE_THREADED 0
#endif

#if BATON_PY_HAS(3, 13)
#define BATON_PY_LOCK(object) Py_BEGIN_CRITICAL_SECTION(object)
#define BATON_PY_UNLOCK Py_END_CRITICAL_SECTION()
#else
#define BATON_PY_LOCK(object) {
#define BATON_PY_UNLOCK }
#endif

#endif
