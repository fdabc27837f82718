/* SPDX-License-Identifier: MIT */
/*
 * peer.py, as PyAwaitable has it written.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <pyawaitable.h>

static int awaited(PyObject *made, PyObject *result) {
  return PyAwaitable_SetResult(made, result);
}

static PyObject *relay(PyObject *module, PyObject *awaitable) {
  PyObject *made = PyAwaitable_New();
  (void)module;
  if (made && PyAwaitable_AddAwait(made, awaitable, awaited, NULL) < 0) {
    PyAwaitable_Cancel(made);
    Py_CLEAR(made);
  }
  return made;
}

static PyMethodDef methods[] = {{"relay", relay, METH_O, NULL},
                                {NULL, NULL, 0, NULL}};

static int begin(PyObject *module) {
  (void)module;
  return PyAwaitable_Init();
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)begin}, {0, NULL}};

static PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                 .m_name = "peer_pyawaitable",
                                 .m_methods = methods,
                                 .m_slots = slots};

PyMODINIT_FUNC PyInit_peer_pyawaitable(void) {
  return PyModuleDef_Init(&definition);
}
