/* SPDX-License-Identifier: MIT */
/*
 * An extension that carries the shim. MODULE is its name; each copy of it has
 * a version of the library, a compiler and flags of its own.
 */
#include "baton_python.h"

#define STRING(name) STRING_(name)
#define STRING_(name) #name
#define INIT(name) INIT_(name)
#define INIT_(name) PyInit_##name

static const baton_python *table_of(PyObject *module) {
  return *(const baton_python **)PyModule_GetState(module);
}

/* ---- Links: what each awaits, it returns -------------------------------- */

typedef struct link_frame {
  baton_place at;
  baton_value inner, awaited;
} link_frame;

/* async def link(inner): return await inner
 * which holds `inner` to its end. */
BATON_RESUME(link_resume) {
  baton_begin(link_frame, f);
  if (baton_copy(&f->inner, &f->awaited) != BATON_OK)
    baton_raise(baton_from_kind(BATON_ERROR_NO_MEMORY));
  baton_await(baton_take(&f->awaited));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BATON_CORO(coroutine_link, link_resume, link_frame, inner, 2);
BATON_GENERATOR(generator_link, link_resume, link_frame, inner, 2);

BATON_RESUME(items_resume) {
  baton_begin(link_frame, f);
  baton_async_for(&f->inner) { /* one suspension a line */
    baton_item(baton_take(in));
  }
  baton_cleanup;
  baton_end;
}
BATON_ASYNC_GENERATOR(items, items_resume, link_frame, inner, 2);

static PyObject *coroutine(PyObject *module, PyObject *argument) {
  const baton_python *py = table_of(module);
  return py->make(py, &coroutine_link, &argument, 1);
}

static PyObject *generator(PyObject *module, PyObject *argument) {
  const baton_python *py = table_of(module);
  return py->make(py, &generator_link, &argument, 1);
}

static PyObject *async_generator(PyObject *module, PyObject *argument) {
  const baton_python *py = table_of(module);
  return py->make(py, &items, &argument, 1);
}

/* A coroutine of this copy of libbaton, with a Python face. */
static PyObject *native(PyObject *module, PyObject *argument) {
  const baton_python *py = table_of(module);
  baton_value made = baton_none();
  if (baton_coro_new(&coroutine_link, &made) != BATON_OK)
    return PyErr_NoMemory();
  ((link_frame *)baton_coro_frame(&made))->inner =
      py->from_object(py, argument);
  return py->to_object(py, &made);
}

/* ---- Errors -------------------------------------------------------------- */

typedef struct fail_frame {
  baton_place at;
  uint32_t kind;
} fail_frame;

BATON_RESUME(fail_resume) {
  baton_begin(fail_frame, f);
  baton_raise(baton_error_new(f->kind, "from %s", STRING(MODULE)));
  baton_cleanup;
  baton_end;
}
BATON_CORO(fail, fail_resume, fail_frame, at, 0);

static PyObject *make_fail(PyObject *module, PyObject *argument) {
  const baton_python *py = table_of(module);
  unsigned long kind = PyLong_AsUnsignedLong(argument);
  if (PyErr_Occurred()) return NULL;
  PyObject *made = py->make(py, &fail, NULL, 0);
  if (made) ((fail_frame *)py->frame(made))->kind = (uint32_t)kind;
  return made;
}

/* ---- The module -----------------------------------------------------------
 */

static PyObject *types(PyObject *module, PyObject *unused) {
  const baton_python *py = table_of(module);
  (void)unused;
  return Py_BuildValue("(OOOO)", py->coroutine, py->generator,
                       py->async_generator, py->panic_exception);
}

static PyObject *about(PyObject *module, PyObject *unused) {
  (void)unused;
  return Py_BuildValue("(ss)", baton_lib_version(), table_of(module)->provider);
}

static int execute(PyObject *module) {
  const baton_python **state = PyModule_GetState(module);
  *state = baton_python_get();
  return *state ? 0 : -1;
}

static PyMethodDef functions[] = {
    {"coroutine", coroutine, METH_O, NULL},
    {"generator", generator, METH_O, NULL},
    {"async_generator", async_generator, METH_O, NULL},
    {"native", native, METH_O, NULL},
    {"fail", make_fail, METH_O, NULL},
    {"types", types, METH_NOARGS, NULL},
    {"about", about, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, execute},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};

static PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                 .m_name = STRING(MODULE),
                                 .m_size = sizeof(const baton_python *),
                                 .m_methods = functions,
                                 .m_slots = slots};

PyMODINIT_FUNC INIT(MODULE)(void) { return PyModuleDef_Init(&definition); }
