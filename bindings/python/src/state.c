/* SPDX-License-Identifier: MIT */
#include "state.h"

#include <string.h>

#include "coro.h"
#include "face.h"
#include "wait.h"

/* Making the shared types, and telling the interpreter of them. */

/* ---- Types ------------------------------------------------------------- */

PyTypeObject *baton_py_new_type(PyObject *module, PyType_Spec *spec) {
  PyTypeObject *type =
      (PyTypeObject *)PyType_FromModuleAndSpec(module, spec, NULL);
  /* Messages name a type by what follows the last dot, but those made of
   * tp_name do not cut it. */
  if (type) type->tp_name = strrchr(spec->name, '.') + 1;
  return type;
}

static baton_py_state *state_of_module(PyObject *module) {
  return *(baton_py_state **)PyModule_GetState(module);
}

/* ---- Threads ----------------------------------------------------------- */

_Thread_local PyThreadState *baton_py_entered;

int baton_py_enter_slowly(baton_py_state *state, baton_py_guard *guard) {
  PyThreadState *own = PyGILState_GetThisThreadState();
  if (baton_load(&state->finalizing)) return -1;
  guard->before = baton_py_thread() ? PyEval_SaveThread() : NULL;
  guard->made = NULL;
  guard->outer = baton_py_entered;
  if (!own || own == guard->before ||
      PyThreadState_GetInterpreter(own) != state->interpreter)
    own = guard->made = PyThreadState_New(state->interpreter);
  if (!own) {
    if (guard->before) PyEval_RestoreThread(guard->before);
    return -1;
  }
  PyEval_RestoreThread(own);
  baton_py_entered = own;
  guard->entered = 1;
  return 0;
}

void baton_py_leave_slowly(baton_py_guard *guard) {
  baton_py_entered = guard->outer;
  if (guard->made) {
    PyThreadState_Clear(guard->made);
    PyThreadState_DeleteCurrent();
  } else {
    (void)PyEval_SaveThread();
  }
  if (guard->before) PyEval_RestoreThread(guard->before);
}

/* ---- The table --------------------------------------------------------- */

static void *frame(PyObject *object) {
  baton_py_face *face = (baton_py_face *)(void *)object;
  if (baton_py_is_hosted(face)) return baton_py_frame(face);
  return baton_coro_frame(baton_py_handle(face));
}

static void track(PyObject *object) {
  baton_py_track((baton_py_face *)(void *)object);
}

static PyObject *to_object(const baton_python *table, baton_value *value) {
  return baton_py_to_object(baton_py_state_of(table), value);
}

static baton_value from_object(const baton_python *table, PyObject *object) {
  return baton_py_from_object(baton_py_state_of(table), object);
}

static baton_value yielded(const baton_python *table, const baton_context *cx,
                           PyObject *object) {
  return baton_py_yielded(baton_py_state_of(table), cx, object);
}

static void raise_error(const baton_python *table, baton_value *error) {
  baton_py_raise(baton_py_state_of(table), error);
}

static void raise_refusal(const baton_python *table, int32_t status,
                          const baton_value *culprit) {
  baton_value error = baton_error_from_refusal(status, culprit);
  baton_py_raise(baton_py_state_of(table), &error);
}

static baton_value caught(const baton_python *table) {
  return baton_py_caught(baton_py_state_of(table));
}

static int32_t fail(const baton_python *table, baton_value *out) {
  *out = baton_py_caught(baton_py_state_of(table));
  return BATON_ERROR;
}

_Static_assert(sizeof(baton_py_call_in) <= sizeof(baton_python_guard),
               "that is what a guard of the table is");

static int enter(const baton_python *table, const baton_context *cx,
                 baton_python_guard *guard) {
  return baton_py_begin_call_in((void *)guard, baton_py_state_of(table), cx);
}

static void leave(baton_python_guard *guard) {
  baton_py_end_call_in((void *)guard);
}

static void fill_table(baton_py_state *state) {
  baton_python *table = &state->table;
  static char provider[32];
  if (!*provider)
    PyOS_snprintf(provider, sizeof provider, "libbaton %s",
                  baton_lib_version());
  table->struct_size = sizeof *table;
  table->abi_major = BATON_ABI_MAJOR;
  table->abi_minor = BATON_ABI_MINOR;
  table->magic = BATON_PYTHON_MAGIC;
  table->provider = provider;
  table->state = state;
  table->coroutine = state->coroutine;
  table->generator = state->generator;
  table->async_generator = state->async_generator;
  table->make = baton_py_make;
  table->frame = frame;
  table->track = track;
  table->to_object = to_object;
  table->from_object = from_object;
  table->yielded = yielded;
  table->raise = raise_error;
  table->raise_refusal = raise_refusal;
  table->caught = caught;
  table->fail = fail;
  table->enter = enter;
  table->leave = leave;
  table->coroutine_function = baton_py_coroutine_function;
  table->async_generator_function = baton_py_async_generator_function;
}

/* ---- The module behind the types --------------------------------------- */

static int init_names(baton_py_names *names) {
  static const char *const texts[] = {
      "__await__",    "send",         "throw",
      "close",        "__name__",     "__qualname__",
      "cr_await",     "gi_yieldfrom", "ag_await",
      "cr_running",   "gi_running",   "ag_running",
      "cr_suspended", "gi_suspended", "ag_suspended",
      "cr_frame",     "gi_frame",     "ag_frame",
      "cr_code",      "gi_code",      "ag_code",
      "f_lineno",     "value",        "_asyncio_future_blocking",
      "asyncio",      "trio",         "__baton_error__"};
  PyObject **place = (PyObject **)(void *)names;
  _Static_assert(sizeof *names == sizeof texts, "a name for each text");
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    if (!(place[i] = PyUnicode_InternFromString(texts[i]))) return -1;
  return 0;
}

/* Python calls it before it ends: no thread may enter from here on. */
static PyObject *at_exit(PyObject *module, PyObject *none) {
  (void)none;
  baton_py_stop_bell(state_of_module(module));
  Py_RETURN_NONE;
}

static PyMethodDef at_exit_method = {"_at_exit", at_exit, METH_NOARGS, NULL};

static int register_at_exit(PyObject *module) {
  PyObject *atexit = PyImport_ImportModule("atexit");
  PyObject *function = PyCFunction_New(&at_exit_method, module);
  PyObject *result = atexit && function ? PyObject_CallMethod(
                                              atexit, "register", "O", function)
                                        : NULL;
  Py_XDECREF(atexit);
  Py_XDECREF(function);
  Py_XDECREF(result);
  return result ? 0 : -1;
}

static int fill_module(PyObject *module) {
  baton_py_state *state = calloc(1, sizeof *state);
  if (!state) {
    PyErr_NoMemory();
    return -1;
  }
  *(baton_py_state **)PyModule_GetState(module) = state;
  state->lazy = baton_py_lazy_methods;
  state->interpreter = PyInterpreterState_Get();
  state->module = module;
  baton_py_init_hosted(state);
  baton_py_init_host(state);
  if (init_names(&state->names) < 0 || !(state->faces = PyDict_New()) ||
      !(state->errors = PyDict_New()) || !(state->codes = PyDict_New()) ||
      !(state->texts = PyDict_New()) || baton_py_init_bell(state) < 0 ||
      baton_py_init_coroutine(state, module) < 0 ||
      baton_py_init_generator(state, module) < 0 ||
      baton_py_init_async_generator(state, module) < 0 ||
      baton_py_init_value(state, module) < 0 ||
      baton_py_init_wait(state, module) < 0 ||
      baton_py_init_door(state, module) < 0 ||
      baton_py_init_function(state, module) < 0 ||
      baton_py_init_error(state, module) < 0 || register_at_exit(module) < 0)
    return -1;
  fill_table(state);
  return 0;
}

#define EACH_HELD(state, DO)            \
  do {                                  \
    DO((state)->coroutine);             \
    DO((state)->generator);             \
    DO((state)->async_generator);       \
    DO((state)->wrapper);               \
    DO((state)->asend);                 \
    DO((state)->athrow);                \
    DO((state)->opaque);                \
    DO((state)->notifier);              \
    DO((state)->pending);               \
    DO((state)->function);              \
    DO((state)->door);                  \
    DO((state)->table.panic_exception); \
    DO((state)->stop_iteration);        \
    DO((state)->faces);                 \
    DO((state)->errors);                \
    DO((state)->codes);                 \
    DO((state)->texts);                 \
    DO((state)->loops);                 \
    DO((state)->running_loop);          \
  } while (0)

static int module_traverse(PyObject *module, visitproc visit, void *arg) {
  baton_py_state *state = state_of_module(module);
  if (state) EACH_HELD(state, Py_VISIT);
  return 0;
}

static void free_wrappers(baton_py_state *state) {
  while (state->kept_wrappers) {
    PyObject *wrapper = state->kept_wrappers;
    PyTypeObject *type = Py_TYPE(wrapper);
    state->kept_wrappers =
        *(PyObject **)(void *)((char *)wrapper + sizeof(PyObject));
    PyObject_GC_Del(wrapper);
    Py_DECREF(type);
  }
}

static int module_clear(PyObject *module) {
  baton_py_state *state = state_of_module(module);
  if (!state) return 0;
  state->module = NULL; /* nothing is kept for reuse any more */
  baton_py_free_kept(state);
  free_wrappers(state);
  EACH_HELD(state, Py_CLEAR);
  return 0; /* what is native may outlive the module, and looks up names */
}

static void module_free(void *module) { module_clear(module); }

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, fill_module},
#if BATON_PY_HAS(3, 12)
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if BATON_PY_HAS(3, 13)
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                                        .m_name = "baton._shared",
                                        .m_size = sizeof(baton_py_state *),
                                        .m_slots = module_slots,
                                        .m_traverse = module_traverse,
                                        .m_clear = module_clear,
                                        .m_free = module_free};

/* A module that nobody imports: it only holds the state. */
static PyObject *new_module(void) {
  PyObject *types = PyImport_ImportModule("types");
  PyObject *spec =
      types ? PyObject_CallMethod(types, "SimpleNamespace", NULL) : NULL;
  PyObject *name = PyUnicode_FromString("baton._shared"), *module = NULL;
  if (spec && name && PyObject_SetAttrString(spec, "name", name) == 0 &&
      PyObject_SetAttrString(spec, "parent", Py_None) == 0)
    module = PyModule_FromDefAndSpec(&definition, spec);
  if (module && PyModule_ExecDef(module, &definition) < 0) Py_CLEAR(module);
  Py_XDECREF(types);
  Py_XDECREF(spec);
  Py_XDECREF(name);
  return module;
}

/* ---- The entry --------------------------------------------------------- */

static void drop_module(PyObject *capsule) {
  Py_XDECREF((PyObject *)PyCapsule_GetContext(capsule));
}

static const baton_python *publish(PyObject *module) {
  baton_py_state *state = state_of_module(module);
  PyObject *home = PyInterpreterState_GetDict(state->interpreter);
  PyObject *capsule =
      PyCapsule_New(&state->table, BATON_PYTHON_KEY, drop_module);
  const baton_python *result = NULL;
  if (capsule && home && PyCapsule_SetContext(capsule, module) == 0) {
    Py_INCREF(module);
    if (PyDict_SetItemString(home, BATON_PYTHON_KEY, capsule) == 0)
      result = &state->table;
  }
  if (!result && !PyErr_Occurred())
    PyErr_SetString(PyExc_ImportError,
                    "baton: this interpreter has no place for shared types");
  Py_XDECREF(capsule);
  return result;
}

const baton_python *baton_python_get(void) {
  const baton_python *table = baton_python_find();
  PyObject *module;
  baton_py_set_hooks(); /* of this copy of libbaton */
  if (table || PyErr_Occurred()) return table;
#if !BATON_PY_HAS(3, 12)
  if (PyInterpreterState_Get() != PyInterpreterState_Main()) {
    PyErr_SetString(PyExc_ImportError,
                    "baton: subinterpreters need CPython 3.12 or newer");
    return NULL;
  }
#endif
  module = new_module();
  if (!module) return NULL;
  table = publish(module);
  Py_DECREF(module);
  return table;
}
