/* SPDX-License-Identifier: MIT */
#include "face.h"

/* The wheel's module: the shared types under names, and a look at chains. */

struct walk {
  baton_py_state *state;
  PyObject *list;
};

static void BATON_CALL add_member(void *arg, const baton_value *member,
                                  baton_text_view name, uint32_t state,
                                  uint32_t kind, const baton_frame *location) {
  static const char *const states[] = {"created", "running", "suspended",
                                       "closed"};
  static const char *const kinds[] = {"coroutine", "generator",
                                      "async_generator", "awaitable"};
  struct walk *walk = arg;
  PyObject *entry;
  (void)member;
  if (!walk->list) return;
  entry = Py_BuildValue(
      "{s:s#,s:s,s:s,s:s,s:s,s:s,s:I}", "name", name.data,
      (Py_ssize_t)name.size, "kind", kind < 4 ? kinds[kind] : "unknown",
      "state", state < 4 ? states[state] : "unknown", "language",
      location->language, "function", location->function, "file",
      location->file, "line", (unsigned)location->line);
  if (!entry || PyList_Append(walk->list, entry) < 0) Py_CLEAR(walk->list);
  Py_XDECREF(entry);
}

static PyObject *await_chain(PyObject *module, PyObject *object) {
  const baton_python *table = baton_python_get();
  struct walk walk;
  baton_value value;
  (void)module;
  if (!table) return NULL;
  walk.state = baton_py_state_of(table);
  walk.list = PyList_New(0);
  value = baton_py_told(walk.state, object);
  if (walk.list) baton_await_chain(&value, add_member, &walk);
  baton_drop(&value);
  return walk.list;
}

static PyObject *coroutine_function(PyObject *module, PyObject *callable) {
  const baton_python *table = baton_python_get();
  (void)module;
  return table ? table->coroutine_function(table, callable) : NULL;
}

static PyObject *async_generator_function(PyObject *module,
                                          PyObject *callable) {
  const baton_python *table = baton_python_get();
  (void)module;
  return table ? table->async_generator_function(table, callable) : NULL;
}

static int add(PyObject *module, const char *name, void *object) {
  Py_INCREF((PyObject *)object);
  if (PyModule_AddObject(module, name, object) == 0) return 0;
  Py_DECREF((PyObject *)object);
  return -1;
}

static int fill(PyObject *module) {
  const baton_python *table = baton_python_get();
  PyObject *version;
  int result;
  if (!table) return -1;
  version = Py_BuildValue("(ii)", BATON_ABI_MAJOR, BATON_ABI_MINOR);
  if (!version) return -1;
  result = add(module, "abi_version", version);
  Py_DECREF(version);
  if (result < 0 || add(module, "coroutine", table->coroutine) < 0 ||
      add(module, "generator", table->generator) < 0 ||
      add(module, "async_generator", table->async_generator) < 0 ||
      add(module, "PanicException", table->panic_exception) < 0 ||
      PyModule_AddStringConstant(module, "lib_version", baton_lib_version()) <
          0 ||
      PyModule_AddStringConstant(module, "provider", table->provider) < 0)
    return -1;
  return 0;
}

static PyMethodDef methods[] = {
    {"await_chain", await_chain, METH_O,
     "await_chain(awaitable, /)\n--\n\n"
     "List what an awaitable awaits, and what that awaits, and so on, the\n"
     "outermost first: dictionaries with name, kind, state, language,\n"
     "function, file and line."},
    {"coroutine_function", coroutine_function, METH_O,
     "coroutine_function(callable, /)\n--\n\n"
     "Wrap a callable that returns coroutines, so that\n"
     "inspect.iscoroutinefunction() is true of it."},
    {"async_generator_function", async_generator_function, METH_O,
     "async_generator_function(callable, /)\n--\n\n"
     "Wrap a callable that returns async generators, so that\n"
     "inspect.isasyncgenfunction() is true of it."},
    {NULL, NULL, 0, NULL}};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, fill},
#if BATON_PY_HAS(3, 12)
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if BATON_PY_HAS(3, 13)
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                                        .m_name = "baton._baton",
                                        .m_methods = methods, .m_slots = slots};

PyMODINIT_FUNC PyInit__baton(void) { return PyModuleDef_Init(&definition); }
