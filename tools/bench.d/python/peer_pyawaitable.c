/* SPDX-License-Identifier: MIT */
/*
 * peer.py, as PyAwaitable has it written.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <pyawaitable.h>

static PyObject *ready(PyObject *module, PyObject *value) {
  PyObject *made = PyAwaitable_New();
  (void)module;
  if (made && PyAwaitable_SetResult(made, value) < 0) Py_CLEAR(made);
  return made;
}

static int awaited(PyObject *made, PyObject *result) {
  PyObject *value;
  (void)result;
  if (PyAwaitable_UnpackValues(made, &value) < 0) return -1;
  return PyAwaitable_SetResult(made, value);
}

static PyObject *hold(PyObject *module, PyObject *const *args,
                      Py_ssize_t count) {
  PyObject *made;
  (void)module;
  if (count != 2) return PyErr_Format(PyExc_TypeError, "two arguments");
  made = PyAwaitable_New();
  if (made && (PyAwaitable_SaveValues(made, 1, args[0]) < 0 ||
               PyAwaitable_AddAwait(made, args[1], awaited, NULL) < 0)) {
    PyAwaitable_Cancel(made);
    Py_CLEAR(made);
  }
  return made;
}

static PyMethodDef methods[] = {
    {"ready", ready, METH_O, NULL},
    {"hold", (PyCFunction)(void (*)(void))hold, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL}};

static int begin(PyObject *module) {
  (void)module;
  return PyAwaitable_Init();
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)begin}, {0, NULL}};

static PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                                 .m_name = "peer_pyawaitable",
                                 .m_methods = methods, .m_slots = slots};

PyMODINIT_FUNC PyInit_peer_pyawaitable(void) {
  return PyModuleDef_Init(&definition);
}
