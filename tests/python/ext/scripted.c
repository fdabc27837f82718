/* SPDX-License-Identifier: MIT */
/*
 * Native bodies that do what a script from Python says, for the tests.
 *
 *     scripted.coroutine(ops, cleanup=(), log=None)
 *     scripted.generator(...), scripted.async_generator(...)
 *
 * `ops` and `cleanup` are sequences of tuples:
 *
 *     ("yield", value[, form])      ("item", value[, form])
 *     ("await", awaitable)          ("return", value[, form])
 *     ("pending", ms[, again_ms])   a thread wakes after `ms`, and once more
 *     ("early",) ("never",)         woken before PENDING is returned; never
 *     ("raise", exception)          a Python exception
 *     ("error", kind[, message[, payload[, cause kind[, context kind]]]])
 *     ("call", function, *args)     the result goes to the log
 *     ("catch",)                    where a thrown error is caught: to the log
 *     ("status", number)            returned as it is
 *
 * `form` says which value crosses: none bool i64 u64 f64 text bytes kind tag;
 * without it the object itself. What is sent goes to the log.
 */
#include <baton/python.h>

#include <baton/author.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SCRIPT_END = 1000, SCRIPT_RETURN, SCRIPT_ERROR };

typedef struct script_frame {
  baton_place at;
  baton_value ops, cleanup, log;
  Py_ssize_t next;
  int32_t what, cleaning;
} script_frame;

static long live; /* frames that have not been dropped */

static void BATON_CALL script_drop(void *frame) {
  (void)frame;
  __atomic_fetch_sub(&live, 1, __ATOMIC_SEQ_CST);
}

/* ---- Waking ------------------------------------------------------------- */

typedef struct alarm_clock {
  const baton_waker *waker;
  long first, again; /* milliseconds; again < 0: once */
} alarm_clock;

static void sleep_ms(long ms) {
  struct timespec time = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&time, NULL);
}

static void *alarm_run(void *arg) {
  alarm_clock clock = *(alarm_clock *)arg;
  free(arg);
  sleep_ms(clock.first);
  if (clock.again >= 0) {
    clock.waker->methods->wake_by_ref(clock.waker);
    sleep_ms(clock.again);
  }
  clock.waker->methods->wake(clock.waker);
  return NULL;
}

static int alarm_set(baton_context *cx, long first, long again) {
  pthread_t thread;
  alarm_clock *clock = malloc(sizeof *clock);
  if (!clock) return -1;
  if (cx->waker->methods->clone(cx->waker, &clock->waker) != BATON_OK) {
    free(clock);
    return -1;
  }
  clock->first = first;
  clock->again = again;
  if (pthread_create(&thread, NULL, alarm_run, clock) != 0) {
    clock->waker->methods->drop(clock->waker);
    free(clock);
    return -1;
  }
  pthread_detach(thread);
  return 0;
}

/* ---- Values ------------------------------------------------------------- */

static PyObject *object_of(const baton_python *py, const baton_value *value) {
  baton_value copy;
  baton_copy(value, &copy);
  return py->to_object(py, &copy);
}

static PyObject *part(PyObject *op, Py_ssize_t index) {
  return index < PyTuple_GET_SIZE(op) ? PyTuple_GET_ITEM(op, index) : Py_None;
}

static int text_value(PyObject *object, baton_value *out) {
  Py_ssize_t size = 0;
  const char *data = PyUnicode_AsUTF8AndSize(object, &size);
  if (!data) return -1;
  return baton_text_new(data, (uint64_t)size, out) == BATON_OK ? 0 : -1;
}

static int bytes_value(PyObject *object, baton_value *out) {
  char *data = NULL;
  Py_ssize_t size = 0;
  if (PyBytes_AsStringAndSize(object, &data, &size) < 0) return -1;
  return baton_bytes_new(data, (uint64_t)size, out) == BATON_OK ? 0 : -1;
}

/* The value that `op` tells in its second and third part. */
static int script_value(const baton_python *py, PyObject *op,
                        baton_value *out) {
  PyObject *object = part(op, 1), *form = part(op, 2);
  const char *name = form == Py_None ? "" : PyUnicode_AsUTF8(form);
  *out = baton_none();
  if (!name) return -1;
  if (!*name)
    *out = py->from_object(py, object);
  else if (!strcmp(name, "bool"))
    *out = baton_from_bool(object == Py_True);
  else if (!strcmp(name, "i64"))
    *out = baton_from_i64(PyLong_AsLongLong(object));
  else if (!strcmp(name, "u64"))
    *out = baton_from_u64(PyLong_AsUnsignedLongLong(object));
  else if (!strcmp(name, "f64"))
    *out = baton_from_f64(PyFloat_AsDouble(object));
  else if (!strcmp(name, "text"))
    return text_value(object, out);
  else if (!strcmp(name, "bytes"))
    return bytes_value(object, out);
  else if (!strcmp(name, "kind"))
    *out = baton_from_kind((uint32_t)PyLong_AsUnsignedLong(object));
  else if (!strcmp(name, "tag"))
    *out = baton_scalar_value(PyLong_AsSize_t(object), 7);
  else if (strcmp(name, "none") != 0)
    PyErr_Format(PyExc_ValueError, "no such form: %s", name);
  return PyErr_Occurred() ? -1 : 0;
}

static baton_value script_error(const baton_python *py, PyObject *op) {
  uint32_t kind = (uint32_t)PyLong_AsUnsignedLong(part(op, 1));
  PyObject *message = part(op, 2), *payload = part(op, 3);
  baton_value error, more;
  if (PyTuple_GET_SIZE(op) == 2) return baton_from_kind(kind);
  if (message == Py_None)
    error = baton_error_new(kind, NULL);
  else
    error = baton_error_new(kind, "%s", PyUnicode_AsUTF8(message));
  if (payload != Py_None) {
    more = PyLong_CheckExact(payload)
               ? baton_from_i64(PyLong_AsLongLong(payload))
               : py->from_object(py, payload);
    baton_error_set_payload(&error, &more);
  }
  if (part(op, 4) != Py_None) {
    more = baton_error_new((uint32_t)PyLong_AsUnsignedLong(part(op, 4)),
                           "the cause");
    baton_error_set_cause(&error, &more);
  }
  if (part(op, 5) != Py_None) {
    more = baton_error_new((uint32_t)PyLong_AsUnsignedLong(part(op, 5)),
                           "the context");
    baton_error_set_context(&error, &more);
  }
  return error;
}

/* ---- Steps -------------------------------------------------------------- */

static int32_t script_fail(const baton_python *py, baton_value *out) {
  py->fail(py, out);
  return SCRIPT_ERROR;
}

static void script_note(const baton_python *py, script_frame *f,
                        baton_value *value) {
  PyObject *object, *log;
  if (baton_is_none(&f->log)) {
    baton_drop(value);
    return;
  }
  object = py->to_object(py, value);
  log = object_of(py, &f->log);
  if (!object || !log || PyList_Append(log, object) < 0)
    PyErr_WriteUnraisable(log);
  Py_XDECREF(object);
  Py_XDECREF(log);
}

static int32_t script_call(const baton_python *py, script_frame *f,
                           PyObject *op, baton_value *out) {
  PyObject *args = PyTuple_GetSlice(op, 2, PyTuple_GET_SIZE(op));
  PyObject *result = args ? PyObject_Call(part(op, 1), args, NULL) : NULL;
  baton_value value;
  Py_XDECREF(args);
  if (!result) return script_fail(py, out);
  value = py->from_object(py, result);
  Py_DECREF(result);
  script_note(py, f, &value);
  return BATON_OK;
}

static int32_t script_pending(baton_context *cx, const char *name,
                              PyObject *op) {
  long again = part(op, 2) == Py_None ? -1 : PyLong_AsLong(part(op, 2));
  if (!(cx->accepts & BATON_ACCEPT_PENDING)) {
    PyErr_SetString(PyExc_RuntimeError, "this driver cannot wait");
    return SCRIPT_ERROR;
  }
  if (!strcmp(name, "early"))
    cx->waker->methods->wake_by_ref(cx->waker);
  else if (!strcmp(name, "pending") &&
           alarm_set(cx, PyLong_AsLong(part(op, 1)), again) < 0)
    PyErr_NoMemory();
  return BATON_PENDING;
}

/* Does one operation. Gives what the body is to return, or BATON_OK to go on
 * with the next one. */
static int32_t script_do(const baton_python *py, script_frame *f,
                         baton_context *cx, PyObject *op, baton_value *out) {
  const char *name = PyTuple_Check(op) && PyTuple_GET_SIZE(op) > 0
                         ? PyUnicode_AsUTF8(PyTuple_GET_ITEM(op, 0))
                         : NULL;
  int32_t what = SCRIPT_ERROR;
  if (!name) {
    if (!PyErr_Occurred())
      PyErr_SetString(PyExc_TypeError, "an operation is a tuple");
  } else if (!strcmp(name, "catch")) {
    return BATON_OK;
  } else if (!strcmp(name, "call")) {
    return script_call(py, f, op, out);
  } else if (!strcmp(name, "raise")) {
    PyErr_SetObject((PyObject *)Py_TYPE(part(op, 1)), part(op, 1));
  } else if (!strcmp(name, "error")) {
    *out = script_error(py, op);
  } else if (!strcmp(name, "status")) {
    what = (int32_t)PyLong_AsLong(part(op, 1));
  } else if (!strcmp(name, "pending") || !strcmp(name, "early") ||
             !strcmp(name, "never")) {
    what = script_pending(cx, name, op);
  } else if (script_value(py, op, out) == 0) {
    what = !strcmp(name, "yield")    ? BATON_YIELD
           : !strcmp(name, "await")  ? BATON_AWAIT
           : !strcmp(name, "item")   ? BATON_ITEM
           : !strcmp(name, "return") ? SCRIPT_RETURN
                                     : SCRIPT_ERROR;
    if (what == SCRIPT_ERROR)
      PyErr_Format(PyExc_ValueError, "no such operation: %s", name);
  }
  if (!PyErr_Occurred()) return what;
  baton_drop(out);
  return script_fail(py, out);
}

static int32_t script_run(const baton_python *py, script_frame *f,
                          baton_context *cx, baton_value *out) {
  PyObject *ops = object_of(py, f->cleaning ? &f->cleanup : &f->ops);
  int32_t what = SCRIPT_END;
  while (ops && f->next < PySequence_Size(ops)) {
    PyObject *op = PySequence_GetItem(ops, f->next++);
    what = op ? script_do(py, f, cx, op, out) : script_fail(py, out);
    Py_XDECREF(op);
    if (what != BATON_OK) break;
    what = SCRIPT_END;
  }
  if (!ops || PyErr_Occurred()) what = script_fail(py, out);
  Py_XDECREF(ops);
  return what;
}

/* Whether there is a "catch" ahead; if so the script goes on behind it. */
static int script_catches(const baton_python *py, script_frame *f,
                          baton_value *error) {
  PyObject *ops = object_of(py, f->cleaning ? &f->cleanup : &f->ops);
  Py_ssize_t at, size = ops ? PySequence_Size(ops) : 0;
  int found = 0;
  for (at = f->next; at < size && !found; at++) {
    PyObject *op = PySequence_GetItem(ops, at);
    PyObject *name = op && PyTuple_Check(op) ? part(op, 0) : Py_None;
    found = PyUnicode_Check(name) &&
            PyUnicode_CompareWithASCIIString(name, "catch") == 0;
    Py_XDECREF(op);
  }
  Py_XDECREF(ops);
  if (!found) return 0;
  f->next = at;
  script_note(py, f, error);
  return 1;
}

typedef struct attached {
  int held;
  PyGILState_STATE state;
} attached;

static attached attach(void) {
  attached here = {!PyGILState_Check(), PyGILState_UNLOCKED};
  if (here.held) here.state = PyGILState_Ensure();
  return here;
}

static void detach(attached here) {
  if (here.held) PyGILState_Release(here.state);
}

static int32_t script_step(script_frame *f, baton_context *cx,
                           baton_value *out) {
  attached here = attach();
  f->what = script_run(baton_python_find(), f, cx, out);
  detach(here);
  return f->what;
}

/* Takes what came in. Gives whether the script goes on. */
static int script_resumed(script_frame *f, uint32_t op, baton_value *in) {
  attached here = attach();
  const baton_python *py = baton_python_find();
  int goes_on = 1;
  if (op == BATON_OP_THROW)
    goes_on = script_catches(py, f, in);
  else
    script_note(py, f, in);
  detach(here);
  return goes_on;
}

/* ---- The body ----------------------------------------------------------- */

BATON_RESUME(script_resume) {
  baton_begin(script_frame, f);
  while (script_step(f, cx, out) != SCRIPT_END) {
    if (f->what == SCRIPT_RETURN) baton_return(baton_take(out));
    if (f->what == SCRIPT_ERROR) baton_raise(baton_take(out));
    BATON_SUSPEND(f->what)
    if (!script_resumed(f, op, in)) goto baton_thrown;
  }
  baton_cleanup;
  f->cleaning = 1;
  f->next = 0;
  while (script_step(f, cx, out) != SCRIPT_END) {
    if (f->what == SCRIPT_RETURN) baton_return(baton_take(out));
    if (f->what == SCRIPT_ERROR) baton_raise(baton_take(out));
    BATON_SUSPEND(f->what)
    if (!script_resumed(f, op, in)) goto baton_thrown;
  }
  baton_end;
}

BATON_BODY(scripted_coroutine, script_resume, script_frame, ops, 3,
           BATON_KIND_COROUTINE, 0, script_drop);
BATON_BODY(scripted_generator, script_resume, script_frame, ops, 3,
           BATON_KIND_GENERATOR, 0, script_drop);
BATON_BODY(scripted_async_generator, script_resume, script_frame, ops, 3,
           BATON_KIND_ASYNC_GENERATOR, 0, script_drop);

/* ---- The module --------------------------------------------------------- */

static PyObject *make(const baton_body *body, PyObject *args,
                      PyObject *kwargs) {
  static char *names[] = {"ops", "cleanup", "log", NULL};
  const baton_python *py = baton_python_find();
  PyObject *parts[3] = {NULL, NULL, Py_None}, *empty, *made;
  if (!py) return NULL;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|OO", names, &parts[0],
                                   &parts[1], &parts[2]))
    return NULL;
  empty = PyTuple_New(0);
  if (!empty) return NULL;
  if (!parts[1]) parts[1] = empty;
  __atomic_fetch_add(&live, 1, __ATOMIC_SEQ_CST);
  made = py->make(py, body, parts, 3);
  if (!made) script_drop(NULL);
  Py_DECREF(empty);
  return made;
}

static PyObject *make_coroutine(PyObject *module, PyObject *args,
                                PyObject *kwargs) {
  (void)module;
  return make(&scripted_coroutine, args, kwargs);
}

static PyObject *make_generator(PyObject *module, PyObject *args,
                                PyObject *kwargs) {
  (void)module;
  return make(&scripted_generator, args, kwargs);
}

static PyObject *make_async_generator(PyObject *module, PyObject *args,
                                      PyObject *kwargs) {
  (void)module;
  return make(&scripted_async_generator, args, kwargs);
}

static PyObject *count_live(PyObject *module, PyObject *none) {
  (void)module, (void)none;
  return PyLong_FromLong(__atomic_load_n(&live, __ATOMIC_SEQ_CST));
}

static PyObject *counters(PyObject *module, PyObject *none) {
  baton_counters now = {0, 0};
  (void)module, (void)none;
  baton_read_counters(&now);
  return Py_BuildValue("KK", (unsigned long long)now.blocks,
                       (unsigned long long)now.leaked);
}

#define WITH_KEYWORDS(function) (PyCFunction)(void (*)(void))(function)

static PyMethodDef methods[] = {
    {"coroutine", WITH_KEYWORDS(make_coroutine), METH_VARARGS | METH_KEYWORDS,
     "A coroutine that does what the script says."},
    {"generator", WITH_KEYWORDS(make_generator), METH_VARARGS | METH_KEYWORDS,
     "A generator that does what the script says."},
    {"async_generator", WITH_KEYWORDS(make_async_generator),
     METH_VARARGS | METH_KEYWORDS,
     "An async generator that does what the script says."},
    {"live", count_live, METH_NOARGS, "Counts bodies that have not ended."},
    {"counters", counters, METH_NOARGS, "libbaton's: blocks, leaked."},
    {NULL, NULL, 0, NULL}};

static int execute(PyObject *module) {
  (void)module;
  return baton_python_get() ? 0 : -1;
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
                                 .m_name = "scripted",
                                 .m_methods = methods,
                                 .m_slots = slots};

PyMODINIT_FUNC PyInit_scripted(void);
PyMODINIT_FUNC PyInit_scripted(void) { return PyModuleDef_Init(&definition); }
