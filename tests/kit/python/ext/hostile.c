/* SPDX-License-Identifier: MIT */
/*
 * Coroutines in C that do something bad when they are resumed. Each function
 * makes one around an awaitable; `trap` and `plain` do only what such code
 * often does.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

enum deed {
  PLAIN,
  TRAP,
  SEGFAULT,
  ABORT,
  EXIT,
  HANG,
  FORK,
  LEAK,
  MALLOC,
  CLOSE
};

typedef struct relay {
  PyObject_HEAD PyObject *awaitable;
  PyObject *iterator;
  enum deed deed;
} relay;

static PyTypeObject *relay_type;

static void do_it(relay *self) {
  switch (self->deed) {
    case SEGFAULT:
      raise(SIGSEGV);
      break;
    case ABORT:
      abort();
    case EXIT:
      exit(0);
    case HANG:
      for (;;) pause();
    case FORK:
      if (fork() == 0)
        for (;;) pause();
      break;
    case LEAK:
      Py_XDECREF(PyList_New(0));
      (void)PyBytes_FromStringAndSize(NULL, 40);
      break;
    case MALLOC: {
      volatile char *lost = malloc(400);
      if (lost) lost[0] = 1;
      break;
    }
    case CLOSE:
      close(0), close(1), close(2);
      break;
    default:
      break;
  }
}

/* The classic: a tuple becomes the arguments of StopIteration. */
static PyObject *end(relay *self, PyObject *value) {
  PyObject *stop;
  if (self->deed == TRAP) {
    PyErr_SetObject(PyExc_StopIteration, value);
  } else {
    stop = PyObject_CallOneArg(PyExc_StopIteration, value);
    if (stop) PyErr_SetObject(PyExc_StopIteration, stop);
    Py_XDECREF(stop);
  }
  Py_DECREF(value);
  return NULL;
}

static PyObject *relay_send(relay *self, PyObject *value) {
  PyObject *result;
  PySendResult kind;
  do_it(self);
  if (!self->iterator)
    self->iterator = PyObject_CallMethod(self->awaitable, "__await__", NULL);
  if (!self->iterator) return NULL;
  kind = PyIter_Send(self->iterator, value, &result);
  if (kind == PYGEN_RETURN) return end(self, result);
  return kind == PYGEN_NEXT ? result : NULL;
}

static PyObject *relay_next(relay *self) { return relay_send(self, Py_None); }

static PyObject *relay_throw(PyObject *self, PyObject *args) {
  PyObject *error = PyTuple_GET_SIZE(args) ? PyTuple_GET_ITEM(args, 0) : NULL;
  PyObject *type = error ? (PyObject *)Py_TYPE(error) : NULL;
  (void)self;
  if (error && PyExceptionClass_Check(error))
    PyErr_SetNone(error);
  else if (error && PyExceptionInstance_Check(error))
    PyErr_SetObject(type, error);
  else
    PyErr_SetString(PyExc_TypeError, "no exception");
  return NULL;
}

static PyObject *relay_close(relay *self, PyObject *unused) {
  (void)unused;
  Py_CLEAR(self->iterator);
  Py_RETURN_NONE;
}

static void relay_dealloc(relay *self) {
  PyTypeObject *type = Py_TYPE(self);
  Py_CLEAR(self->iterator);
  Py_CLEAR(self->awaitable);
  PyObject_Free(self);
  Py_DECREF(type);
}

static PyMethodDef methods[] = {
    {"send", (PyCFunction)relay_send, METH_O, NULL},
    {"throw", relay_throw, METH_VARARGS, NULL},
    {"close", (PyCFunction)relay_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}};

static PyType_Slot slots[] = {
    {Py_am_await, PyObject_SelfIter}, {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, relay_next},     {Py_tp_methods, methods},
    {Py_tp_dealloc, relay_dealloc},   {0, NULL}};

static PyType_Spec spec = {"hostile.relay", sizeof(relay), 0,
                           Py_TPFLAGS_DEFAULT, slots};

static PyObject *make(PyObject *awaitable, enum deed deed) {
  relay *made = PyObject_New(relay, relay_type);
  if (!made) return NULL;
  made->awaitable = Py_NewRef(awaitable);
  made->iterator = NULL;
  made->deed = deed;
  return (PyObject *)made;
}

#define MAKER(name, deed)                                        \
  static PyObject *name(PyObject *module, PyObject *awaitable) { \
    (void)module;                                                \
    return make(awaitable, deed);                                \
  }
MAKER(make_plain, PLAIN)
MAKER(make_trap, TRAP)
MAKER(make_segfault, SEGFAULT)
MAKER(make_abort, ABORT)
MAKER(make_exit, EXIT)
MAKER(make_hang, HANG)
MAKER(make_fork, FORK)
MAKER(make_leak, LEAK)
MAKER(make_malloc, MALLOC)
MAKER(make_close, CLOSE)

static PyMethodDef functions[] = {{"plain", make_plain, METH_O, NULL},
                                  {"trap", make_trap, METH_O, NULL},
                                  {"segfault", make_segfault, METH_O, NULL},
                                  {"aborts", make_abort, METH_O, NULL},
                                  {"exits", make_exit, METH_O, NULL},
                                  {"hangs", make_hang, METH_O, NULL},
                                  {"forks", make_fork, METH_O, NULL},
                                  {"leaks", make_leak, METH_O, NULL},
                                  {"mallocs", make_malloc, METH_O, NULL},
                                  {"closes_files", make_close, METH_O, NULL},
                                  {NULL, NULL, 0, NULL}};

static PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                 .m_name = "hostile",
                                 .m_size = -1,
                                 .m_methods = functions};

PyMODINIT_FUNC PyInit_hostile(void) {
  relay_type = (PyTypeObject *)PyType_FromSpec(&spec);
  return relay_type ? PyModule_Create(&definition) : NULL;
}
