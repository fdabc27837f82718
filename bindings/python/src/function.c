/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "state.h"

/* A callable that says of itself that it makes coroutines, or async
 * generators: `inspect.iscoroutinefunction` asks a function's code for it, and
 * functions made in C have none. Calling it calls what it wraps. */

typedef struct wrapped_function {
  PyObject ob_base;
  vectorcallfunc call;
  PyObject *wrapped;
  PyObject *code; /* made when first asked for */
  PyObject *attributes;
  PyObject *weak_references;
  int is_generator; /* an async one */
} wrapped_function;

static wrapped_function *wrapped_function_of(PyObject *self) {
  return (wrapped_function *)(void *)self;
}

static PyObject *call(PyObject *self, PyObject *const *arguments, size_t flags,
                      PyObject *names) {
  return PyObject_Vectorcall(wrapped_function_of(self)->wrapped, arguments,
                             flags, names);
}

static PyObject *bind(PyObject *self, PyObject *instance, PyObject *type) {
  (void)type;
  if (!instance || instance == Py_None) return Py_NewRef(self);
  return PyMethod_New(self, instance);
}

static int traverse(PyObject *self, visitproc visit, void *arg) {
  wrapped_function *held = wrapped_function_of(self);
  Py_VISIT(Py_TYPE(self));
  Py_VISIT(held->wrapped);
  Py_VISIT(held->code);
  Py_VISIT(held->attributes);
  return 0;
}

static int clear(PyObject *self) {
  wrapped_function *held = wrapped_function_of(self);
  Py_CLEAR(held->attributes);
  return 0; /* what is wrapped stays, since it may still be called */
}

static void dealloc(PyObject *self) {
  wrapped_function *held = wrapped_function_of(self);
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  if (held->weak_references) PyObject_ClearWeakRefs(self);
  Py_XDECREF(held->wrapped);
  Py_XDECREF(held->code);
  Py_XDECREF(held->attributes);
  PyObject_GC_Del(self);
  Py_DECREF(type);
}

static PyObject *repr(PyObject *self) {
  PyObject *name = PyObject_GetAttrString(wrapped_function_of(self)->wrapped,
                                          "__qualname__");
  PyObject *text;
  if (!name) return NULL;
  text = PyUnicode_FromFormat("<%s %U at %p>", Py_TYPE(self)->tp_name, name,
                              (void *)self);
  Py_DECREF(name);
  return text;
}

/* ---- Attributes -------------------------------------------------------- */

static PyObject *get_wrapped(PyObject *self, void *name) {
  return PyObject_GetAttrString(wrapped_function_of(self)->wrapped, name);
}

static PyObject *get_annotations(PyObject *self, void *name) {
  PyObject *found = get_wrapped(self, name);
  if (found || !PyErr_ExceptionMatches(PyExc_AttributeError)) return found;
  PyErr_Clear();
  return PyDict_New();
}

static PyObject *get_none(PyObject *self, void *unused) {
  (void)self, (void)unused;
  Py_RETURN_NONE;
}

/* Code that takes anything and is flagged as what the function makes. */
static PyObject *new_code(wrapped_function *self) {
  const char *source = self->is_generator
                           ? "async def f(*args, **kwargs):\n  yield"
                           : "async def f(*args, **kwargs): pass";
  PyObject *globals = PyDict_New(), *name, *ran, *made = NULL, *code = NULL;
  if (!globals) return NULL;
  PyDict_SetItemString(globals, "__builtins__", PyEval_GetBuiltins());
  ran = PyRun_String(source, Py_file_input, globals, globals);
  if (ran)
    made =
        PyObject_GetAttrString(PyDict_GetItemString(globals, "f"), "__code__");
  name = PyObject_GetAttrString(self->wrapped, "__name__");
  if (made && name) {
    PyObject *replace = PyObject_GetAttrString(made, "replace");
    PyObject *empty = PyTuple_New(0), *to = PyDict_New();
    if (replace && empty && to &&
        PyDict_SetItemString(to, "co_name", name) == 0)
      code = PyObject_Call(replace, empty, to);
    Py_XDECREF(replace);
    Py_XDECREF(empty);
    Py_XDECREF(to);
  }
  Py_XDECREF(name);
  Py_XDECREF(made);
  Py_XDECREF(ran);
  Py_DECREF(globals);
  return code;
}

static PyObject *get_code(PyObject *self, void *unused) {
  PyObject *code;
  (void)unused;
  BATON_PY_LOCK(self);
  if (!wrapped_function_of(self)->code)
    wrapped_function_of(self)->code = new_code(wrapped_function_of(self));
  code = Py_XNewRef(wrapped_function_of(self)->code);
  BATON_PY_UNLOCK;
  return code;
}

static PyGetSetDef getters[] = {
    {"__name__", get_wrapped, NULL, NULL, (void *)"__name__"},
    {"__qualname__", get_wrapped, NULL, NULL, (void *)"__qualname__"},
    {"__module__", get_wrapped, NULL, NULL, (void *)"__module__"},
    {"__doc__", get_wrapped, NULL, NULL, (void *)"__doc__"},
    {"__text_signature__", get_wrapped, NULL, NULL,
     (void *)"__text_signature__"},
    {"__annotations__", get_annotations, NULL, NULL, (void *)"__annotations__"},
    {"__code__", get_code, NULL, NULL, NULL},
    {"__defaults__", get_none, NULL, NULL, NULL},
    {"__kwdefaults__", get_none, NULL, NULL, NULL},
    {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static PyMemberDef members[] = {
    {"__wrapped__", T_OBJECT, offsetof(wrapped_function, wrapped), READONLY,
     NULL},
    {"__vectorcalloffset__", T_PYSSIZET, offsetof(wrapped_function, call),
     READONLY, NULL},
    {"__dictoffset__", T_PYSSIZET, offsetof(wrapped_function, attributes),
     READONLY, NULL},
    {"__weaklistoffset__", T_PYSSIZET,
     offsetof(wrapped_function, weak_references), READONLY, NULL},
    {NULL, 0, 0, 0, NULL}};

/* As other functions: by the name that it has in its module. */
static PyObject *reduce(PyObject *self, PyObject *none) {
  (void)none;
  return get_wrapped(self, (void *)"__qualname__");
}

static PyMethodDef methods[] = {{"__reduce__", reduce, METH_NOARGS, NULL},
                                {NULL, NULL, 0, NULL}};

static PyType_Slot slots[] = {
    {Py_tp_call, PyVectorcall_Call}, {Py_tp_descr_get, bind},
    {Py_tp_traverse, traverse},      {Py_tp_clear, clear},
    {Py_tp_dealloc, dealloc},        {Py_tp_repr, repr},
    {Py_tp_getset, getters},         {Py_tp_members, members},
    {Py_tp_methods, methods},        {0, NULL}};

static PyType_Spec spec = {
    "baton.function", sizeof(wrapped_function), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL |
        Py_TPFLAGS_METHOD_DESCRIPTOR | Py_TPFLAGS_DISALLOW_INSTANTIATION |
        Py_TPFLAGS_IMMUTABLETYPE,
    slots};

int baton_py_init_function(baton_py_state *state, PyObject *module) {
  state->function = baton_py_new_type(module, &spec);
  return state->function ? 0 : -1;
}

/* ---- The table --------------------------------------------------------- */

static PyObject *wrap(const baton_python *table, PyObject *callable,
                      int is_generator) {
  PyTypeObject *type = baton_py_state_of(table)->function;
  wrapped_function *self;
  if (!PyCallable_Check(callable))
    return PyErr_Format(PyExc_TypeError,
                        "%s_function() needs a callable, not '%s'",
                        is_generator ? "async_generator" : "coroutine",
                        Py_TYPE(callable)->tp_name);
  self = PyObject_GC_New(wrapped_function, type);
  if (!self) return NULL;
  self->call = call;
  self->wrapped = Py_NewRef(callable);
  self->code = self->attributes = self->weak_references = NULL;
  self->is_generator = is_generator;
  PyObject_GC_Track(self);
  return (PyObject *)(void *)self;
}

PyObject *baton_py_coroutine_function(const baton_python *table,
                                      PyObject *callable) {
  return wrap(table, callable, 0);
}

PyObject *baton_py_async_generator_function(const baton_python *table,
                                            PyObject *callable) {
  return wrap(table, callable, 1);
}
