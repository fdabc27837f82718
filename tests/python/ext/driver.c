/* SPDX-License-Identifier: MIT */
/*
 * Drives Python's awaitables from C, for the tests.
 *
 *     driver.handle(awaitable, pending=False)   .send(x) .throw(e) .close()
 *     driver.block_on(awaitable, release=True)  to its end on this thread
 *     driver.group(mode, awaitables)            a coroutine; "join" and "first
 *                                               error" give what each gave,
 *                                               "race" what the first did
 *
 * A handle's methods return ("return", x), ("yield", x), ("pending", None) or
 * ("refused", status); they raise the errors.
 */
#include <baton/author.h>
#include <baton/python.h>
#include <stdlib.h>
#include <string.h>

#include "counting.h"

typedef struct handle_object {
  PyObject_HEAD baton_value handle;
  counting_waker *waker;
  uint32_t accepts;
} handle_object;

/* ---- Handles ------------------------------------------------------------ */

static baton_context context_of(handle_object *self) {
  baton_context cx = {.struct_size = sizeof(baton_context),
                      .abi_major = BATON_ABI_MAJOR,
                      .abi_minor = BATON_ABI_MINOR,
                      .accepts = self->accepts,
                      .waker = &self->waker->waker};
  return cx;
}

static PyObject *outcome(const baton_python *py, int32_t status,
                         baton_value *out) {
  const char *name = status == BATON_RETURN  ? "return"
                     : status == BATON_YIELD ? "yield"
                                             : "pending";
  PyObject *value;
  if (status == BATON_ERROR) {
    py->raise(py, out);
    return NULL;
  }
  if (baton_is_refusal(status))
    return Py_BuildValue("si", "refused", (int)status);
  value = py->to_object(py, out);
  return value ? Py_BuildValue("sN", name, value) : NULL;
}

static PyObject *handle_send(PyObject *object, PyObject *sent) {
  handle_object *self = (handle_object *)object;
  const baton_python *py = baton_python_find();
  baton_context cx = context_of(self);
  baton_value in = py->from_object(py, sent), out = baton_none();
  int32_t status = baton_send(&self->handle, &cx, &in, &out);
  baton_drop(&in);
  return outcome(py, status, &out);
}

/* The value of an exception, as if it had been raised. */
static baton_value error_of(const baton_python *py, PyObject *exception) {
  Py_INCREF(Py_TYPE(exception));
  Py_INCREF(exception);
  PyErr_Restore((PyObject *)Py_TYPE(exception), exception,
                PyException_GetTraceback(exception));
  return py->caught(py);
}

static PyObject *handle_throw(PyObject *object, PyObject *exception) {
  handle_object *self = (handle_object *)object;
  const baton_python *py = baton_python_find();
  baton_context cx = context_of(self);
  baton_value in, out = baton_none();
  int32_t status;
  if (!PyExceptionInstance_Check(exception)) {
    PyErr_SetString(PyExc_TypeError, "throw wants an exception");
    return NULL;
  }
  in = error_of(py, exception);
  status = baton_throw(&self->handle, &cx, &in, &out);
  baton_drop(&in);
  return outcome(py, status, &out);
}

static PyObject *handle_close(PyObject *object, PyObject *none) {
  handle_object *self = (handle_object *)object;
  baton_context cx = context_of(self);
  baton_value out = baton_none();
  int32_t status =
      self->handle.head.type->as_coroutine->close(&self->handle, &cx, &out);
  (void)none;
  return outcome(baton_python_find(), status, &out);
}

static PyObject *handle_type_name(PyObject *object, void *closure) {
  (void)closure;
  return PyUnicode_FromString(
      baton_type_name(&((handle_object *)object)->handle));
}

static PyObject *handle_wakes(PyObject *object, void *closure) {
  handle_object *self = (handle_object *)object;
  (void)closure;
  return PyLong_FromLong(
      __atomic_load_n(&self->waker->wakes, __ATOMIC_SEQ_CST));
}

static void handle_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  handle_object *self = (handle_object *)object;
  baton_drop(&self->handle);
  if (self->waker) count_drop(&self->waker->waker);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyMethodDef handle_methods[] = {
    {"send", handle_send, METH_O, "Resumes it with a value."},
    {"throw", handle_throw, METH_O, "Raises an exception in it."},
    {"close", handle_close, METH_NOARGS, "Ends it."},
    {NULL, NULL, 0, NULL}};

static PyGetSetDef handle_getset[] = {
    {"type_name", handle_type_name, NULL, "The descriptor's.", NULL},
    {"wakes", handle_wakes, NULL, "How often its waker was woken.", NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static PyType_Slot handle_slots[] = {{Py_tp_methods, handle_methods},
                                     {Py_tp_getset, handle_getset},
                                     {Py_tp_dealloc, (void *)handle_dealloc},
                                     {0, NULL}};

static PyType_Spec handle_spec = {.name = "driver.handle",
                                  .basicsize = sizeof(handle_object),
                                  .flags = Py_TPFLAGS_DEFAULT,
                                  .slots = handle_slots};

static PyObject *make_handle(PyObject *module, PyObject *args,
                             PyObject *kwargs) {
  static char *names[] = {"awaitable", "pending", NULL};
  const baton_python *py = baton_python_find();
  PyTypeObject *type = *(PyTypeObject **)PyModule_GetState(module);
  PyObject *awaitable;
  int pending = 0;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|p", names, &awaitable,
                                   &pending))
    return NULL;
  handle_object *self = PyObject_New(handle_object, type);
  if (!self) return NULL;
  self->handle = baton_none();
  self->accepts = BATON_ACCEPT_YIELD | (pending ? BATON_ACCEPT_PENDING : 0u);
  self->waker = calloc(1, sizeof *self->waker);
  if (!self->waker) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  self->waker->waker.methods = &counting;
  self->waker->count = 1;
  baton_context cx = context_of(self);
  baton_value value = py->from_object(py, awaitable), out = baton_none();
  int32_t status = baton_await_handle(&value, &cx, &out);
  baton_drop(&value);
  if (status == BATON_OK) {
    self->handle = out;
    return (PyObject *)self;
  }
  Py_DECREF(self);
  return outcome(py, status, &out);
}

/* ---- Functions ---------------------------------------------------------- */

static PyObject *block_on(PyObject *module, PyObject *args, PyObject *kwargs) {
  static char *names[] = {"awaitable", "release", NULL};
  const baton_python *py = baton_python_find();
  PyObject *awaitable;
  baton_value value, out = baton_none();
  int release = 1;
  int32_t status;
  (void)module;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|p", names, &awaitable,
                                   &release))
    return NULL;
  value = py->from_object(py, awaitable);
  if (release) {
    Py_BEGIN_ALLOW_THREADS status = baton_block_on(&value, &out);
    Py_END_ALLOW_THREADS
  } else {
    status = baton_block_on(&value, &out);
  }
  baton_drop(&value);
  if (status == BATON_RETURN) return py->to_object(py, &out);
  return outcome(py, status, &out);
}

/* ---- Groups -------------------------------------------------------------- */

typedef struct group_frame {
  baton_place at;
  baton_value group;
  const baton_python *py;
  uint64_t count;
} group_frame;

/* The results in a list: values, exceptions, and None where it was closed. */
static PyObject *results_of(const group_frame *f) {
  PyObject *list = PyList_New(0), *one;
  for (uint64_t i = 0; list && i < f->count; i++) {
    baton_value out = baton_none();
    baton_group_result(&f->group, i, &out);
    one = f->py->to_object(f->py, &out);
    if (!one || PyList_Append(list, one) < 0) Py_CLEAR(list);
    Py_XDECREF(one);
  }
  return list;
}

static baton_value another(const baton_value *value) {
  baton_value copy = baton_none();
  baton_copy(value, &copy);
  return copy;
}

BATON_RESUME(group_resume) {
  baton_begin(group_frame, f);
  baton_await(another(&f->group));
  if (baton_group_winner(&f->group) != UINT64_MAX) baton_return(baton_take(in));
  PyObject *results = results_of(f);
  if (!results) baton_raise(f->py->caught(f->py));
  baton_value value = f->py->from_object(f->py, results);
  Py_DECREF(results);
  baton_return(value);
  baton_cleanup;
  baton_end;
}
BATON_CORO(group_body, group_resume, group_frame, group, 1);

static PyObject *make_group(PyObject *module, PyObject *args) {
  static const char *const modes[] = {"join", "first error", "race"};
  const baton_python *py = baton_python_find();
  baton_value children[16], group = baton_none();
  const char *name;
  PyObject *awaitables;
  uint32_t mode = 0;
  Py_ssize_t count;
  (void)module;
  if (!PyArg_ParseTuple(args, "sO!", &name, &PyList_Type, &awaitables))
    return NULL;
  while (mode < 2 && strcmp(name, modes[mode]) != 0) mode++;
  count = PyList_GET_SIZE(awaitables);
  if (count > 16) count = 16;
  for (Py_ssize_t i = 0; i < count; i++)
    children[i] = py->from_object(py, PyList_GET_ITEM(awaitables, i));
  if (baton_group_new(mode, children, (uint64_t)count, &group) != BATON_OK)
    return PyErr_NoMemory();
  PyObject *made = py->make(py, &group_body, NULL, 0);
  if (!made) {
    baton_drop(&group);
    return NULL;
  }
  group_frame *f = py->frame(made);
  f->group = group;
  f->py = py;
  f->count = (uint64_t)count;
  return made;
}

static PyObject *round_trip(PyObject *module, PyObject *object) {
  const baton_python *py = baton_python_find();
  baton_value value = py->from_object(py, object);
  (void)module;
  return py->to_object(py, &value);
}

/* (kind, message, payload, cause, context) as the contract tells them. */
static PyObject *describe_error(PyObject *module, PyObject *exception) {
  const baton_python *py = baton_python_find();
  baton_value error = error_of(py, exception), parts[3];
  baton_text_view text = {"", 0};
  PyObject *objects[3] = {NULL, NULL, NULL}, *result = NULL;
  (void)module;
  for (int i = 0; i < 3; i++) parts[i] = baton_none();
  if (baton_is_object(&error)) {
    const baton_error_methods *methods = error.head.type->as_error;
    if (methods->message) methods->message(&error, &text);
    if (methods->payload) methods->payload(&error, &parts[0]);
    if (methods->cause) methods->cause(&error, &parts[1]);
    if (methods->context) methods->context(&error, &parts[2]);
  }
  for (int i = 0; i < 3; i++) objects[i] = py->to_object(py, &parts[i]);
  if (objects[0] && objects[1] && objects[2])
    result = Py_BuildValue("ks#OOO", (unsigned long)baton_error_kind(&error),
                           text.data, (Py_ssize_t)text.size, objects[0],
                           objects[1], objects[2]);
  for (int i = 0; i < 3; i++) Py_XDECREF(objects[i]);
  baton_drop(&error);
  return result;
}

static PyObject *error_round_trip(PyObject *module, PyObject *exception) {
  const baton_python *py = baton_python_find();
  baton_value error = error_of(py, exception);
  (void)module;
  py->raise(py, &error);
  return NULL;
}

static void BATON_CALL visit_chain(void *arg, const baton_value *member,
                                   baton_text_view name, uint32_t state,
                                   uint32_t kind, const baton_frame *at) {
  PyObject *entry = Py_BuildValue(
      "s#kkssk", name.data, (Py_ssize_t)name.size, (unsigned long)state,
      (unsigned long)kind, at ? at->function : NULL, at ? at->file : NULL,
      (unsigned long)(at ? at->line : 0));
  (void)member;
  if (entry) PyList_Append(arg, entry);
  Py_XDECREF(entry);
}

/* (name, state, kind, function, file, line) of each member. */
static PyObject *await_chain(PyObject *module, PyObject *object) {
  const baton_python *py = baton_python_find();
  PyObject *list = PyList_New(0);
  baton_value value = py->from_object(py, object);
  (void)module;
  baton_await_chain(&value, visit_chain, list);
  baton_drop(&value);
  if (PyErr_Occurred()) Py_CLEAR(list);
  return list;
}

/* (number, text, bytes) as other languages read an object; None: it is none. */
static PyObject *read_object(PyObject *module, PyObject *object) {
  const baton_python *py = baton_python_find();
  baton_value value = py->from_object(py, object), number = baton_none();
  const baton_scalar *scalar = baton_find(&value, BATON_EXT_SCALAR);
  baton_text_view text = {NULL, 0};
  baton_bytes_view bytes = {NULL, 0};
  PyObject *result, *read = NULL;
  (void)module;
  if (scalar && scalar->get(&value, &number) == BATON_OK)
    read = py->to_object(py, &number);
  baton_text_of(&value, &text);
  baton_bytes_of(&value, &bytes);
  result =
      Py_BuildValue("Os#y#", read ? read : Py_None, text.data,
                    (Py_ssize_t)text.size, bytes.data, (Py_ssize_t)bytes.size);
  Py_XDECREF(read);
  baton_drop(&value);
  return result;
}

#define WITH_KEYWORDS(function) (PyCFunction)(void (*)(void))(function)

static PyMethodDef methods[] = {
    {"handle", WITH_KEYWORDS(make_handle), METH_VARARGS | METH_KEYWORDS,
     "The handle of an awaitable."},
    {"block_on", WITH_KEYWORDS(block_on), METH_VARARGS | METH_KEYWORDS,
     "Drives an awaitable to its end on this thread."},
    {"group", make_group, METH_VARARGS, "Drives several at once."},
    {"round_trip", round_trip, METH_O, "An object, there and back."},
    {"error_round_trip", error_round_trip, METH_O, "Raises it again."},
    {"describe_error", describe_error, METH_O, "What an error tells."},
    {"await_chain", await_chain, METH_O, "The members of a chain."},
    {"read", read_object, METH_O, "An object as other languages read it."},
    {NULL, NULL, 0, NULL}};

static int execute(PyObject *module) {
  PyTypeObject **state = PyModule_GetState(module);
  if (!baton_python_get()) return -1;
  *state = (PyTypeObject *)PyType_FromSpec(&handle_spec);
  return *state ? 0 : -1;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)execute},
#ifdef Py_mod_multiple_interpreters
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};

static PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                 .m_name = "driver",
                                 .m_size = sizeof(PyTypeObject *),
                                 .m_methods = methods,
                                 .m_slots = slots};

PyMODINIT_FUNC PyInit_driver(void);
PyMODINIT_FUNC PyInit_driver(void) { return PyModuleDef_Init(&definition); }
