/* SPDX-License-Identifier: MIT */
#ifndef BATON_CYTHON_FUNCTION_H
#define BATON_CYTHON_FUNCTION_H

#include "async_generator.h"
#include "coroutine.h"

#include <structmember.h> /* wants Python.h before it */

/** @file
 * The decorator: a function whose calls give objects of the shared type. In all
 * other things it is as the function that it wraps.
 */

typedef struct baton_cython_function {
  PyObject_HEAD vectorcallfunc call;
  PyObject *wrapped;
  vectorcallfunc wrapped_call;
  const baton_cython_state *state;
  const baton_body *body;
  baton_cython_type *how; /* of what it returned last, or null */
  PyObject *attributes, *weak_references;
} baton_cython_function;

static inline baton_cython_function *baton_cython_function_of(PyObject *self) {
  return (baton_cython_function *)(void *)self;
}

/* ---- Calling ------------------------------------------------------------ */

static inline int baton_cython_is_shared(const baton_python *py,
                                         const PyObject *made) {
  return Py_TYPE(made) == py->coroutine || Py_TYPE(made) == py->generator ||
         Py_TYPE(made) == py->async_generator;
}

/* The object around `made`, which is taken. */
static inline PyObject *baton_cython_around(const baton_cython_function *is,
                                            PyObject *made,
                                            baton_cython_type *how) {
  const baton_python *py = is->state->py;
  PyObject *object = py->make(py, is->body, NULL, 0);
  if (!object)
    Py_DECREF(made);
  else if (is->body->kind == BATON_KIND_ASYNC_GENERATOR)
    baton_cython_agen_fill(object, made, how);
  else if (baton_cython_fill(object, made, how) < 0)
    Py_CLEAR(object);
  return object;
}

/* The same for what is not of the type that it returned last. */
BATON_CYTHON_APART static PyObject *baton_cython_around_slowly(
    baton_cython_function *is, PyObject *made) {
  if (baton_cython_is_shared(is->state->py, made)) return made;
  is->how = baton_cython_type_of(is->state, made, is->body->kind);
  if (is->how) return baton_cython_around(is, made, is->how);
  if (PyErr_ExceptionMatches(PyExc_AttributeError))
    PyErr_Format(PyExc_TypeError, "'%s' returned '%.100s', which is no %s",
                 is->body->name, Py_TYPE(made)->tp_name,
                 is->body->kind == BATON_KIND_COROUTINE   ? "coroutine"
                 : is->body->kind == BATON_KIND_GENERATOR ? "generator"
                                                          : "async generator");
  Py_DECREF(made);
  return NULL;
}

static inline PyObject *baton_cython_function_call(PyObject *self,
                                                   PyObject *const *arguments,
                                                   size_t flags,
                                                   PyObject *names) {
  baton_cython_function *is = baton_cython_function_of(self);
  PyObject *made =
      is->wrapped_call
          ? is->wrapped_call(is->wrapped, arguments, flags, names)
          : PyObject_Vectorcall(is->wrapped, arguments, flags, names);
  if (!made) return NULL;
  if (BATON_CYTHON_LIKELY(is->how && is->how->type == Py_TYPE(made)))
    return baton_cython_around(is, made, is->how);
  return baton_cython_around_slowly(is, made);
}

/* ---- The object --------------------------------------------------------- */

static inline PyObject *baton_cython_function_bind(PyObject *self,
                                                   PyObject *instance,
                                                   PyObject *type) {
  (void)type;
  if (!instance || instance == Py_None) return Py_NewRef(self);
  return PyMethod_New(self, instance);
}

/* What it has not, its function may have: __code__, __defaults__, ... */
static inline PyObject *baton_cython_function_get(PyObject *self,
                                                  PyObject *name) {
  PyObject *found = PyObject_GenericGetAttr(self, name);
  if (found || !PyErr_ExceptionMatches(PyExc_AttributeError)) return found;
  PyErr_Clear();
  return PyObject_GetAttr(baton_cython_function_of(self)->wrapped, name);
}

static inline PyObject *baton_cython_function_of_wrapped(PyObject *self,
                                                         void *name) {
  return PyObject_GetAttrString(baton_cython_function_of(self)->wrapped,
                                (const char *)name);
}

static inline PyObject *baton_cython_function_reduce(PyObject *self,
                                                     PyObject *none) {
  (void)none;
  return PyObject_GetAttrString(self, "__qualname__");
}

static inline PyObject *baton_cython_function_repr(PyObject *self) {
  PyObject *name = PyObject_GetAttrString(self, "__qualname__"), *text;
  if (!name) return NULL;
  text = PyUnicode_FromFormat("<function %U at %p>", name, (void *)self);
  Py_DECREF(name);
  return text;
}

static inline int baton_cython_function_traverse(PyObject *self,
                                                 visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(self));
  Py_VISIT(baton_cython_function_of(self)->wrapped);
  Py_VISIT(baton_cython_function_of(self)->attributes);
  return 0;
}

static inline int baton_cython_function_clear(PyObject *self) {
  Py_CLEAR(baton_cython_function_of(self)->attributes);
  return 0; /* what is wrapped stays: it may still be called */
}

static inline void baton_cython_function_dealloc(PyObject *self) {
  baton_cython_function *is = baton_cython_function_of(self);
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  if (is->weak_references) PyObject_ClearWeakRefs(self);
  Py_XDECREF(is->attributes);
  Py_DECREF(is->wrapped);
  PyObject_GC_Del(self);
  Py_DECREF(type);
}

static inline PyTypeObject *baton_cython_new_function_type(void) {
  static PyGetSetDef getters[] = {
      {"__doc__", baton_cython_function_of_wrapped, NULL, NULL,
       (void *)"__doc__"},
      {"__module__", baton_cython_function_of_wrapped, NULL, NULL,
       (void *)"__module__"},
      {"__dict__", PyObject_GenericGetDict, PyObject_GenericSetDict, NULL,
       NULL},
      {NULL, NULL, NULL, NULL, NULL}};
  static PyMemberDef members[] = {
      {"__wrapped__", T_OBJECT, offsetof(baton_cython_function, wrapped),
       READONLY, NULL},
      {"__vectorcalloffset__", T_PYSSIZET,
       offsetof(baton_cython_function, call), READONLY, NULL},
      {"__dictoffset__", T_PYSSIZET,
       offsetof(baton_cython_function, attributes), READONLY, NULL},
      {"__weaklistoffset__", T_PYSSIZET,
       offsetof(baton_cython_function, weak_references), READONLY, NULL},
      {NULL, 0, 0, 0, NULL}};
  static PyMethodDef methods[] = {
      {"__reduce__", baton_cython_function_reduce, METH_NOARGS, NULL},
      {NULL, NULL, 0, NULL}};
  PyType_Slot slots[] = {
      {Py_tp_call, (void *)PyVectorcall_Call},
      {Py_tp_descr_get, (void *)baton_cython_function_bind},
      {Py_tp_getattro, (void *)baton_cython_function_get},
      {Py_tp_repr, (void *)baton_cython_function_repr},
      {Py_tp_getset, (void *)getters},
      {Py_tp_members, (void *)members},
      {Py_tp_methods, (void *)methods},
      {Py_tp_traverse, (void *)baton_cython_function_traverse},
      {Py_tp_clear, (void *)baton_cython_function_clear},
      {Py_tp_dealloc, (void *)baton_cython_function_dealloc},
      {0, NULL}};
  PyType_Spec spec = {
      "baton.function", sizeof(baton_cython_function), 0,
      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_HAVE_VECTORCALL |
          Py_TPFLAGS_METHOD_DESCRIPTOR | Py_TPFLAGS_DISALLOW_INSTANTIATION |
          Py_TPFLAGS_IMMUTABLETYPE,
      slots};
  return (PyTypeObject *)PyType_FromSpec(&spec);
}

/* ---- The body of a function --------------------------------------------- */

/* Which kind its code says that it is. @return -1 if it is none. */
static inline int baton_cython_kind_of(PyObject *function) {
  PyObject *code = PyObject_GetAttrString(function, "__code__"), *found;
  long flags;
  found = code ? PyObject_GetAttrString(code, "co_flags") : NULL;
  flags = found ? PyLong_AsLong(found) : 0;
  Py_XDECREF(found);
  Py_XDECREF(code);
  PyErr_Clear();
  return flags & CO_COROUTINE         ? BATON_KIND_COROUTINE
         : flags & CO_ASYNC_GENERATOR ? BATON_KIND_ASYNC_GENERATOR
         : flags & CO_GENERATOR       ? BATON_KIND_GENERATOR
                                      : -1;
}

/* `key` is kept, and the texts with it. */
static inline baton_body *baton_cython_new_body(int kind, PyObject *name,
                                                PyObject *qualname) {
  int is_agen = kind == BATON_KIND_ASYNC_GENERATOR;
  baton_body *body = (baton_body *)PyMem_RawCalloc(1, sizeof *body);
  if (!body) return (baton_body *)PyErr_NoMemory();
  body->struct_size = sizeof *body;
  body->kind = (uint8_t)kind;
  body->frame_size =
      is_agen ? sizeof(baton_cython_agen_frame) : sizeof(baton_cython_frame);
  body->name = PyUnicode_AsUTF8(name);
  body->qualified_name = PyUnicode_AsUTF8(qualname);
  body->language = "cython";
  body->resume = is_agen ? baton_cython_agen_resume : baton_cython_resume;
  body->drop = is_agen ? baton_cython_agen_drop : baton_cython_drop;
  body->traverse = is_agen ? baton_cython_agen_traverse : baton_cython_traverse;
  if (body->name && body->qualified_name) return body;
  PyMem_RawFree(body);
  return NULL;
}

/* Bodies outlive their functions: there is one for all of the same name. */
static inline const baton_body *baton_cython_body_of(
    const baton_cython_state *state, PyObject *function, int kind) {
  PyObject *name = PyObject_GetAttrString(function, "__name__");
  PyObject *qualname =
      name ? PyObject_GetAttrString(function, "__qualname__") : NULL;
  PyObject *key =
      qualname ? Py_BuildValue("(iOO)", kind, name, qualname) : NULL;
  PyObject *capsule = key ? PyDict_GetItemWithError(state->bodies, key) : NULL;
  const baton_body *body = NULL;
  if (key && !capsule && !PyErr_Occurred()) {
    body = baton_cython_new_body(kind, name, qualname);
    PyObject *made = body ? PyCapsule_New((void *)body, NULL, NULL) : NULL;
    capsule = made ? PyDict_SetDefault(state->bodies, key, made) : NULL;
    Py_XDECREF(made);
  }
  body =
      capsule ? (const baton_body *)PyCapsule_GetPointer(capsule, NULL) : NULL;
  Py_XDECREF(name);
  Py_XDECREF(qualname);
  Py_XDECREF(key);
  return body;
}

static inline PyObject *baton_cython_new_function(
    const baton_cython_state *state, PyObject *function, int kind) {
  const baton_body *body = baton_cython_body_of(state, function, kind);
  baton_cython_function *made =
      body ? PyObject_GC_New(baton_cython_function, state->function) : NULL;
  if (!made) return NULL;
  made->call = baton_cython_function_call;
  made->wrapped = Py_NewRef(function);
  made->wrapped_call = PyVectorcall_Function(function);
  made->state = state;
  made->body = body;
  made->how = NULL;
  made->attributes = made->weak_references = NULL;
  PyObject_GC_Track(made);
  return (PyObject *)made;
}

static inline PyObject *baton_cython_shared(PyObject *function);

/* Cython applies staticmethod and classmethod first, wherever they stand. */
static inline PyObject *baton_cython_shared_method(PyObject *method) {
  PyObject *function = PyObject_GetAttrString(method, "__func__"), *made;
  PyObject *shared = function ? baton_cython_shared(function) : NULL;
  made =
      shared ? PyObject_CallOneArg((PyObject *)Py_TYPE(method), shared) : NULL;
  Py_XDECREF(function);
  Py_XDECREF(shared);
  return made;
}

/**
 * Decorates an `async def` function, an async generator function or a generator
 * function: what a call makes is of the shared type. @return null with
 * TypeError if it is none of them.
 */
static inline PyObject *baton_cython_shared(PyObject *function) {
  const baton_cython_state *state = baton_cython_state_here();
  int kind;
  if (!state) return NULL;
  if (Py_TYPE(function) == state->function) return Py_NewRef(function);
  if (Py_TYPE(function) == &PyStaticMethod_Type ||
      Py_TYPE(function) == &PyClassMethod_Type)
    return baton_cython_shared_method(function);
  kind = PyCallable_Check(function) ? baton_cython_kind_of(function) : -1;
  if (kind >= 0) return baton_cython_new_function(state, function, kind);
  return PyErr_Format(PyExc_TypeError,
                      "shared() needs a coroutine function, async generator "
                      "function or generator function, not %R",
                      function);
}

#endif
