/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "face.h"

/* As CPython's Python/_warnings.c: by the function that the warnings module
 * has for it, or, if that is out of order, directly. */
void baton_py_warn_unawaited(PyObject *coroutine, PyObject *qualname) {
  PyObject *key = PyUnicode_FromString("warnings");
  PyObject *module = key ? PyImport_GetModule(key) : NULL;
  PyObject *warn = NULL, *result;
  int warned = 0;
  Py_XDECREF(key);
  if (!module && !PyErr_Occurred()) module = PyImport_ImportModule("warnings");
  if (module)
    warn = PyObject_GetAttrString(module, "_warn_unawaited_coroutine");
  Py_XDECREF(module);
  if (warn) {
    result = PyObject_CallOneArg(warn, coroutine);
    Py_DECREF(warn);
    warned = result || PyErr_ExceptionMatches(PyExc_RuntimeWarning);
    Py_XDECREF(result);
    if (PyErr_Occurred())
      baton_py_unraisable("finalizing coroutine", coroutine);
  }
  PyErr_Clear();
  if (!warned &&
      PyErr_WarnFormat(PyExc_RuntimeWarning, 1,
                       "coroutine '%S' was never awaited", qualname) < 0)
    baton_py_unraisable("finalizing coroutine", coroutine);
}

void baton_py_warn_method_unawaited(PyObject *method, const char *name,
                                    PyObject *qualname) {
  PyObject *text = PyUnicode_FromString(name);
  if (!text || PyErr_WarnFormat(PyExc_RuntimeWarning, 1,
                                "coroutine method %R of %R was never awaited",
                                text, qualname) < 0)
    baton_py_unraisable("finalizing async generator", method);
  Py_XDECREF(text);
}

/* ---- libbaton's hooks --------------------------------------------------- */

_Thread_local int baton_py_quiet;

static baton_py_state *state_here(void) {
  const baton_python *table = baton_py_thread() ? baton_python_find() : NULL;
  return table ? baton_py_state_of(table) : NULL;
}

static void BATON_CALL report_unraisable(void *arg, const baton_value *error,
                                         const baton_value *where) {
  baton_py_state *state = state_here();
  PyObject *before, *name;
  baton_value copy;
  (void)arg;
  if (!state || baton_copy(error, &copy) != BATON_OK) {
    char text[512];
    baton_error_print(error, text, sizeof text);
    fprintf(stderr, "error ignored in '%s': %s\n", baton_type_name(where),
            text);
    return;
  }
  before = baton_py_raised();
  baton_py_raise(state, &copy);
  PyObject *raised = baton_py_raised();
  name = PyUnicode_FromString(baton_type_name(where));
  baton_py_set_raised(raised);
  baton_py_unraisable("closing generator", name);
  Py_XDECREF(name);
  baton_py_set_raised(before);
}

static void BATON_CALL report_unawaited(void *arg, const baton_value *self) {
  const baton_introspect *table = baton_find(self, BATON_EXT_INTROSPECT);
  baton_text_view name = {"coroutine", 9};
  (void)arg;
  if (baton_py_quiet) return;
  if (table && table->qualified_name)
    table->qualified_name(self, &name);
  else if (table)
    table->name(self, &name);
  if (!state_here()) {
    fprintf(stderr, "coroutine '%.*s' was never awaited\n", (int)name.size,
            name.data);
    return;
  }
  PyObject *before = baton_py_raised();
  PyObject *text =
      PyUnicode_FromStringAndSize(name.data, (Py_ssize_t)name.size);
  if (!text || PyErr_WarnFormat(PyExc_RuntimeWarning, 1,
                                "coroutine '%S' was never awaited", text) < 0)
    baton_py_unraisable("finalizing coroutine", text);
  Py_XDECREF(text);
  baton_py_set_raised(before);
}

void baton_py_set_hooks(void) {
  baton_set_unraisable_hook(report_unraisable, NULL);
  baton_set_unawaited_hook(report_unawaited, NULL);
}
