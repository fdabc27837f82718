/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* dladdr */
#include "interpreter.h"

#include <dlfcn.h>
#include <pthread.h>

static interpreter own;

/* Extension modules find the interpreter's symbols only if they are global,
 * and this library may have been loaded with RTLD_LOCAL. */
static void show_symbols(void) {
  Dl_info found;
  if (dladdr(&PyType_Type, &found) && found.dli_fname)
    dlopen(found.dli_fname, RTLD_NOW | RTLD_GLOBAL | RTLD_NOLOAD);
}

/* Puts GOOD_FOLDER, which has the module, first. */
static int extend_path(void) {
  PyObject *path = PySys_GetObject("path");
  PyObject *folder = PyUnicode_DecodeFSDefault(GOOD_FOLDER);
  int status = path && folder ? PyList_Insert(path, 0, folder) : -1;
  Py_XDECREF(folder);
  return status;
}

static int add_host(const baton_python *py) {
  PyObject *module = host_module(py);
  int status = -1;
  if (module)
    status =
        PyDict_SetItemString(PyImport_GetModuleDict(), "good_host", module);
  Py_XDECREF(module);
  return status;
}

static PyObject *import_exports(void) {
  PyObject *module = PyImport_ImportModule("bodies");
  PyObject *exports = module ? PyObject_GetAttrString(module, "EXPORTS") : NULL;
  Py_XDECREF(module);
  return exports;
}

static void start(void) {
  PyGILState_STATE locked = PyGILState_UNLOCKED;
  int first = !Py_IsInitialized();
  if (first) {
    show_symbols();
    Py_InitializeEx(0); /* signals stay the program's */
  } else {
    locked = PyGILState_Ensure();
  }
  const baton_python *py = baton_python_get();
  if (py && extend_path() == 0 && add_host(py) == 0)
    own.exports = import_exports();
  if (own.exports)
    own.py = py;
  else
    PyErr_Print();
  if (first)
    PyEval_SaveThread();
  else
    PyGILState_Release(locked);
}

const interpreter *interpreter_get(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, start);
  return &own;
}
