/* SPDX-License-Identifier: MIT */
#include "face.h"

/* Places in native code as Python's code objects, frames and traceback
 * entries. */

PyObject *baton_py_code_of(baton_py_state *state, const baton_frame *where) {
  PyObject *key, *code;
  key = Py_BuildValue("(ssI)", where->file, where->function,
                      (unsigned)where->line);
  if (!key) return NULL;
  code = PyDict_GetItemWithError(state->codes, key);
  if (code) {
    Py_DECREF(key);
    return Py_NewRef(code);
  }
  if (!PyErr_Occurred()) {
    code = (PyObject *)PyCode_NewEmpty(*where->file ? where->file : "<native>",
                                       where->function,
                                       where->line ? (int)where->line : 1);
    if (code && PyDict_SetItem(state->codes, key, code) < 0) Py_CLEAR(code);
  }
  Py_DECREF(key);
  return code;
}

/* Its globals tell the language. */
PyObject *baton_py_frame_of(baton_py_state *state, const baton_frame *where) {
  PyObject *code = baton_py_code_of(state, where), *globals;
  PyFrameObject *frame = NULL;
  globals = code ? Py_BuildValue("{s:s,s:s}", "__name__", where->language,
                                 "__language__", where->language)
                 : NULL;
  if (globals)
    frame =
        PyFrame_New(PyThreadState_Get(), (PyCodeObject *)code, globals, NULL);
#if !BATON_PY_HAS(3, 11)
  if (frame) {
    frame->f_lineno = where->line ? (int)where->line : 1;
    frame->f_lasti = 0;      /* it has begun */
    Py_CLEAR(frame->f_back); /* nobody has called it */
  }
#endif
  Py_XDECREF(globals);
  Py_XDECREF(code);
  return (PyObject *)frame;
}

void baton_py_add_entry(baton_py_state *state, PyObject *exception,
                        const baton_frame *where) {
  PyObject *before = baton_py_raised();
  PyObject *frame = baton_py_frame_of(state, where);
  if (frame) {
    PyObject *now;
    baton_py_set_raised(Py_NewRef(exception));
    PyTraceBack_Here((PyFrameObject *)frame);
    now = baton_py_raised();
    Py_XDECREF(now);
    Py_DECREF(frame);
  }
  PyErr_Clear();
  baton_py_set_raised(before);
}
