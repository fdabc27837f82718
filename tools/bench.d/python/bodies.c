/* SPDX-License-Identifier: MIT */
/*
 * Coroutines of Baton for Python to await, as an extension would have them,
 * and a driver in C for Python's awaitables.
 */
#define _POSIX_C_SOURCE 200809L
#include <baton/author.h>
#include <baton/python.h>

#include "clock.h"

#define STEP(name)                                                           \
  static int32_t BATON_CALL name(const baton_value *self, baton_context *cx, \
                                 uint32_t op, baton_value *in,               \
                                 baton_value *out)

#define BODY(name, kind, resume, frame, values)       \
  static const baton_body name = {sizeof(baton_body), \
                                  BATON_KIND_##kind,  \
                                  0,                  \
                                  0,                  \
                                  sizeof(frame),      \
                                  0,                  \
                                  (values),           \
                                  __LINE__,           \
                                  #name,              \
                                  NULL,               \
                                  __FILE__,           \
                                  "c",                \
                                  resume,             \
                                  NULL,               \
                                  NULL,               \
                                  NULL}

static const baton_python *py;

/* The end of all bodies here that do not catch. */
static int32_t end(uint32_t op, baton_value *in, baton_value *out) {
  *out = baton_take(in);
  return op == BATON_OP_THROW ? BATON_ERROR : BATON_RETURN;
}

/* ---- ready: returns its argument --------------------------------------- */

typedef struct ready_frame {
  baton_value value;
} ready_frame;

STEP(ready_step) {
  ready_frame *frame = baton_coro_frame(self);
  (void)cx;
  if (op == BATON_OP_THROW) return end(op, in, out);
  *out = baton_take(&frame->value);
  return BATON_RETURN;
}
BODY(ready_body, COROUTINE, ready_step, ready_frame, 1);

/* ---- written: the same with the authoring header ----------------------- */

typedef struct written_frame {
  baton_place at;
  baton_value value;
} written_frame;

BATON_RESUME(written_step) {
  baton_begin(written_frame, frame);
  baton_return(baton_take(&frame->value));
  baton_cleanup;
  baton_end;
}
BATON_CORO(written_body, written_step, written_frame, value, 1);

/* ---- ticker: yields None for ever; catcher: until it is closed --------- */

typedef struct captured_frame {
  baton_value value;
} captured_frame;

STEP(ticker_step) {
  (void)self, (void)cx;
  return op == BATON_OP_THROW ? end(op, in, out) : BATON_YIELD;
}
BODY(ticker_body, COROUTINE, ticker_step, captured_frame, 1);

STEP(catcher_step) {
  (void)self, (void)cx;
  if (op == BATON_OP_THROW) {
    if (baton_error_kind(in) == BATON_ERROR_GENERATOR_EXIT)
      return end(op, in, out);
    baton_drop(in);
  }
  return BATON_YIELD;
}
BODY(catcher_body, COROUTINE, catcher_step, captured_frame, 1);

/* ---- hold: awaits its second argument ---------------------------------- */

typedef struct hold_frame {
  baton_value value, child;
} hold_frame;

STEP(hold_step) {
  hold_frame *frame = baton_coro_frame(self);
  (void)cx;
  if (op == BATON_OP_THROW || baton_is_none(&frame->child))
    return end(op, in, out);
  *out = baton_take(&frame->child);
  return BATON_AWAIT;
}
BODY(hold_body, COROUTINE, hold_step, hold_frame, 2);

/* ---- steps, wakes, numbers: so many suspensions ------------------------ */

typedef struct count_frame {
  int64_t left;
  int64_t number;
} count_frame;

STEP(steps_step) {
  count_frame *frame = baton_coro_frame(self);
  (void)cx;
  if (op == BATON_OP_THROW || frame->left == 0) return end(op, in, out);
  frame->left--;
  return BATON_YIELD;
}
BODY(steps_body, COROUTINE, steps_step, count_frame, 0);

STEP(wakes_step) {
  count_frame *frame = baton_coro_frame(self);
  if (op == BATON_OP_THROW || frame->left == 0) return end(op, in, out);
  frame->left--;
  cx->waker->methods->wake_by_ref(cx->waker);
  return BATON_PENDING;
}
BODY(wakes_body, COROUTINE, wakes_step, count_frame, 0);

STEP(numbers_step) {
  count_frame *frame = baton_coro_frame(self);
  (void)cx;
  if (op == BATON_OP_THROW || frame->left == 0) return end(op, in, out);
  frame->left--;
  *out = baton_from_i64(frame->number++);
  return BATON_ITEM;
}
BODY(numbers_body, ASYNC_GENERATOR, numbers_step, count_frame, 0);

/* ---- Making them ------------------------------------------------------- */

#define MAKER(name)                                              \
  static PyObject *name(PyObject *module, PyObject *const *args, \
                        Py_ssize_t count) {                      \
    (void)module;                                                \
    return py->make(py, &name##_body, args, count);              \
  }
MAKER(ready)
MAKER(written)
MAKER(ticker)
MAKER(catcher)
MAKER(hold)

static PyObject *make_counted(const baton_body *body, PyObject *number) {
  int64_t left = PyLong_AsLongLong(number);
  PyObject *made;
  if (left == -1 && PyErr_Occurred()) return NULL;
  made = py->make(py, body, NULL, 0);
  if (made) ((count_frame *)py->frame(made))->left = left;
  return made;
}

#define COUNTED(name)                                         \
  static PyObject *name(PyObject *module, PyObject *number) { \
    (void)module;                                             \
    return make_counted(&name##_body, number);                \
  }
COUNTED(steps)
COUNTED(wakes)
COUNTED(numbers)

/* A chain that Python sees only the outermost link of. */
static PyObject *chain(PyObject *module, PyObject *args) {
  const baton_body *innermost = &ticker_body;
  baton_value made = baton_none(), link = baton_none();
  Py_ssize_t depth;
  int catches;
  (void)module;
  if (!PyArg_ParseTuple(args, "np", &depth, &catches)) return NULL;
  if (catches) innermost = &catcher_body;
  if (baton_coro_new(innermost, &made) != BATON_OK) return PyErr_NoMemory();
  for (; depth > 1; depth--) {
    if (baton_coro_new(&hold_body, &link) != BATON_OK) {
      baton_drop(&made);
      return PyErr_NoMemory();
    }
    ((hold_frame *)baton_coro_frame(&link))->child = made;
    made = link;
  }
  return py->to_object(py, &made);
}

/* ---- Driving a Python awaitable ---------------------------------------- */

static baton_context context = {.struct_size = sizeof context,
                                .abi_major = BATON_ABI_MAJOR,
                                .abi_minor = BATON_ABI_MINOR,
                                .accepts = BATON_ACCEPT_YIELD};

static void close_handle(PyObject *capsule) {
  baton_value *handle = PyCapsule_GetPointer(capsule, NULL);
  baton_drop(handle);
  PyMem_Free(handle);
}

/* Begins to await an object: a capsule of what is to be driven. */
static PyObject *open_handle(PyObject *module, PyObject *object) {
  baton_value *handle = PyMem_Malloc(sizeof *handle);
  baton_value awaitable, made = baton_none();
  int32_t status;
  (void)module;
  if (!handle) return PyErr_NoMemory();
  awaitable = py->from_object(py, object);
  status = baton_await_handle(&awaitable, &context, &made);
  baton_drop(&awaitable);
  *handle = made;
  if (status == BATON_OK) return PyCapsule_New(handle, NULL, close_handle);
  PyMem_Free(handle);
  if (status == BATON_ERROR)
    py->raise(py, &made);
  else
    PyErr_Format(PyExc_AssertionError, "status %d", (int)status);
  return NULL;
}

static PyObject *resume(PyObject *module, PyObject *args) {
  const baton_value *handle;
  PyObject *capsule;
  Py_ssize_t count;
  double began;
  (void)module;
  if (!PyArg_ParseTuple(args, "On", &capsule, &count)) return NULL;
  handle = PyCapsule_GetPointer(capsule, NULL);
  if (!handle) return NULL;
  began = bench_clock();
  for (; count > 0; count--) {
    baton_value in = baton_none(), out = baton_none();
    int32_t status = baton_send(handle, &context, &in, &out);
    if (status == BATON_ERROR) {
      py->raise(py, &out);
      return NULL;
    }
    baton_drop(&out);
    if (status != BATON_YIELD)
      return PyErr_Format(PyExc_AssertionError, "status %d", (int)status);
  }
  return PyFloat_FromDouble(bench_clock() - began);
}

/* ---- The module -------------------------------------------------------- */

#define FAST(name) \
  {#name, (PyCFunction)(void (*)(void))name, METH_FASTCALL, NULL}

static PyMethodDef methods[] = {FAST(ready),
                                FAST(written),
                                FAST(ticker),
                                FAST(catcher),
                                FAST(hold),
                                {"steps", steps, METH_O, NULL},
                                {"wakes", wakes, METH_O, NULL},
                                {"numbers", numbers, METH_O, NULL},
                                {"chain", chain, METH_VARARGS, NULL},
                                {"handle", open_handle, METH_O, NULL},
                                {"resume", resume, METH_VARARGS, NULL},
                                {NULL, NULL, 0, NULL}};

static int begin(PyObject *module) {
  (void)module;
  py = baton_python_get();
  return py ? 0 : -1;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)begin},
#ifdef Py_GIL_DISABLED
                                   {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
                                   {0, NULL}};

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "bodies",
                                 .m_methods = methods, .m_slots = slots};

PyMODINIT_FUNC PyInit_bodies(void) { return PyModuleDef_Init(&definition); }
