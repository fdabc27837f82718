/* SPDX-License-Identifier: MIT */
#include "count.h"

/* The module stage_c. */

static PyObject *make_count(PyObject *module, PyObject *arguments) {
  const baton_python *py = *(const baton_python **)PyModule_GetState(module);
  PyObject *pieces, *left;
  Py_ssize_t files;
  if (!PyArg_ParseTuple(arguments, "OnO:count", &pieces, &files, &left))
    return NULL;
  return count_new(py, pieces, files, left);
}

static int keep_table(PyObject *module) {
  const baton_python **state = PyModule_GetState(module);
  *state = baton_python_get();
  return *state ? 0 : -1;
}

static PyMethodDef methods[] = {
    {"count", make_count, METH_VARARGS,
     "count(pieces, files, left)\n--\n\n"
     "The lines, words and bytes of each piece, as an async generator."},
    {NULL, NULL, 0, NULL}};

static PyModuleDef_Slot slots[] = {{Py_mod_exec, keep_table}, {0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                                        .m_name = "stage_c",
                                        .m_size = sizeof(const baton_python *),
                                        .m_methods = methods, .m_slots = slots};

PyMODINIT_FUNC PyInit_stage_c(void) { return PyModuleDef_Init(&definition); }
