/* SPDX-License-Identifier: MIT */
#include "face.h"

/* As CPython's Python/_warnings.c: by the function that the warnings module
 * has for it, or, if that is out of order, directly. */
void baton_py_warn_unawaited(PyObject *coroutine, PyObject *qualname) {
  PyObject *key = PyUnicode_FromString("warnings");
  PyObject *module = key ? PyImport_GetModule(key) : NULL;
  PyObject *warn = NULL, *result;
  Py_XDECREF(key);
  if (!module && !PyErr_Occurred()) module = PyImport_ImportModule("warnings");
  if (module)
    warn = PyObject_GetAttrString(module, "_warn_unawaited_coroutine");
  Py_XDECREF(module);
  if (warn) {
    result = PyObject_CallOneArg(warn, coroutine);
    Py_DECREF(warn);
    if (result)
      Py_DECREF(result);
    else
      baton_py_unraisable("finalizing coroutine", coroutine);
    return;
  }
  PyErr_Clear();
  if (PyErr_WarnFormat(PyExc_RuntimeWarning, 1,
                       "coroutine '%S' was never awaited", qualname) < 0)
    baton_py_unraisable("finalizing coroutine", coroutine);
}

void baton_py_warn_method_unawaited(PyObject *method, const char *name,
                                    PyObject *qualname) {
  PyObject *text = PyUnicode_FromString(name);
  if (!text || PyErr_WarnFormat(PyExc_RuntimeWarning, 1,
                                "coroutine method %R of %R was never awaited",
                                text, qualname) < 0)
    baton_py_unraisable("finalizing coroutine", method);
  Py_XDECREF(text);
}
