/* SPDX-License-Identifier: MIT */
#ifndef EXAMPLE_MODULE_H
#define EXAMPLE_MODULE_H

#include "baton_python.h"

/** @file
 * What each example's module is: functions, and the table in its state.
 */

/* [state] */
static int keep_table(PyObject *module) {
  const baton_python **state = PyModule_GetState(module);
  *state = baton_python_get(); /* else this import fails */
  return *state ? 0 : -1;
}

static inline const baton_python *table_of(PyObject *module) {
  return *(const baton_python **)PyModule_GetState(module);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, keep_table},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};

#define EXAMPLE_MODULE(name, functions)                    \
  static PyModuleDef definition = {PyModuleDef_HEAD_INIT,  \
                                   #name,                  \
                                   NULL,                   \
                                   sizeof(baton_python *), \
                                   functions,              \
                                   slots,                  \
                                   NULL,                   \
                                   NULL,                   \
                                   NULL};                  \
  PyMODINIT_FUNC PyInit_##name(void) { return PyModuleDef_Init(&definition); }
/* [/state] */

#endif
