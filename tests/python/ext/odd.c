/* SPDX-License-Identifier: MIT */
/*
 * Bodies, wakers and errors that are correct and rare, for the tests.
 *
 *     odd.receive()                a coroutine that waits until something is
 *                                  sent, and looks under a lock
 *     odd.send()                   sends, and wakes it under that lock
 *     odd.handling(first, second)  a coroutine that awaits `second` while it
 *                                  handles what `first` raised
 *     odd.start(awaitable)         a native driver runs it to where it waits
 *     odd.wakes()                  (wakes, clones) of that driver's waker
 *     odd.raise_chain(count)       errors, each in the context of the next
 *     odd.raise_foreign(type, n)   an error that keeps n frames; `type` is 0
 *                                  or 1, and the payload is the same
 *     odd.make_null()              what the binding makes of no body
 */
#include <baton/python.h>

#include <baton/author.h>
#include <pthread.h>

#include "counting.h"

/* ---- A provider that wakes under its own lock --------------------------- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const baton_waker *waiting; /* under the lock, as the next one */
static int sent;

typedef struct receive_frame {
  baton_place at;
} receive_frame;

static int has_received(const baton_context *cx) {
  int received;
  pthread_mutex_lock(&lock);
  received = sent;
  sent = 0;
  if (!received) {
    if (waiting) waiting->methods->drop(waiting);
    waiting = NULL;
    cx->waker->methods->clone(cx->waker, &waiting);
  }
  pthread_mutex_unlock(&lock);
  return received;
}

BATON_RESUME(receive_resume) {
  baton_begin(receive_frame, f);
  while (!has_received(cx)) baton_wait();
  baton_return(baton_none());
  baton_cleanup;
  baton_end;
}
BATON_CORO(receive_body, receive_resume, receive_frame, at, 0);

static PyObject *receive(PyObject *module, PyObject *none) {
  const baton_python *py = baton_python_find();
  (void)module, (void)none;
  return py->make(py, &receive_body, NULL, 0);
}

static PyObject *send_(PyObject *module, PyObject *none) {
  const baton_waker *waker;
  (void)module, (void)none;
  pthread_mutex_lock(&lock);
  sent = 1;
  waker = waiting;
  waiting = NULL;
  if (waker) waker->methods->wake(waker);
  pthread_mutex_unlock(&lock);
  Py_RETURN_NONE;
}

/* ---- A body that handles an error while it awaits ----------------------- */

typedef struct handling_frame {
  baton_place at;
  baton_value first, second;
} handling_frame;

BATON_RESUME(handling_resume) {
  baton_begin(handling_frame, f);
  baton_try_await(baton_take(&f->first));
  if (op == BATON_OP_THROW) {
    *baton_coro_handling(self) = baton_take(in);
    baton_await(baton_take(&f->second));
    baton_drop(baton_coro_handling(self));
  }
  baton_return(baton_none());
  baton_cleanup;
  baton_end;
}
BATON_BODY(handling_body, handling_resume, handling_frame, first, 2,
           BATON_KIND_COROUTINE, BATON_BODY_HANDLING, NULL);

static PyObject *handling(PyObject *module, PyObject *args) {
  const baton_python *py = baton_python_find();
  PyObject *parts[2];
  (void)module;
  if (!PyArg_ParseTuple(args, "OO", &parts[0], &parts[1])) return NULL;
  return py->make(py, &handling_body, parts, 2);
}

/* ---- A driver that lets a wake be the end of its subscription ----------- */

static counting_waker counted = {{&counting}, 0, 1};

static PyObject *start(PyObject *module, PyObject *awaitable) {
  const baton_python *py = baton_python_find();
  baton_value value = py->from_object(py, awaitable);
  baton_value handle = baton_none(), in = baton_none(), token = baton_none();
  baton_context cx = {.struct_size = sizeof(baton_context),
                      .abi_major = BATON_ABI_MAJOR,
                      .abi_minor = BATON_ABI_MINOR,
                      .accepts = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING,
                      .waker = &counted.waker};
  const baton_wait *wait = NULL;
  int32_t status = baton_await_handle(&value, &cx, &handle);
  (void)module;
  if (status == BATON_OK) status = baton_send(&handle, &cx, &in, &token);
  if (status == BATON_YIELD) wait = baton_find(&token, BATON_EXT_WAIT);
  if (wait) status = wait->subscribe(&token, &counted.waker);
  baton_drop(&token);
  baton_drop(&handle);
  baton_drop(&value);
  if (wait && status == BATON_OK) Py_RETURN_NONE;
  return PyErr_Format(PyExc_TypeError, "nothing to wait for: %d", (int)status);
}

static PyObject *count(PyObject *module, PyObject *none) {
  (void)module, (void)none;
  return Py_BuildValue("ll", __atomic_load_n(&counted.wakes, __ATOMIC_SEQ_CST),
                       __atomic_load_n(&counted.count, __ATOMIC_SEQ_CST) - 1);
}

/* ---- Errors ------------------------------------------------------------- */

static PyObject *raise_chain(PyObject *module, PyObject *number) {
  const baton_python *py = baton_python_find();
  long length = PyLong_AsLong(number);
  baton_value error = baton_error_new(BATON_ERROR_VALUE, "0"), next;
  (void)module;
  for (long i = 1; i < length; i++) {
    next = baton_error_new(BATON_ERROR_VALUE, "%ld", i);
    baton_error_set_context(&next, &error);
    error = next;
  }
  py->raise(py, &error);
  return NULL;
}

static unsigned long frame_count;

static int32_t BATON_CALL keep(const baton_value *self) {
  (void)self;
  return BATON_OK;
}

static int32_t BATON_CALL foreign_kind(const baton_value *self, uint32_t *out) {
  (void)self;
  *out = BATON_ERROR_CANCELLED;
  return BATON_OK;
}

static int32_t BATON_CALL foreign_frames(const baton_value *self,
                                         baton_frame *out, uint32_t capacity,
                                         uint32_t *kept, uint64_t *elided) {
  (void)self;
  *kept = (uint32_t)frame_count;
  *elided = 0;
  for (uint32_t i = 0; i < frame_count && i < capacity; i++)
    out[i] =
        (baton_frame){"c", "function", "foreign.c", i + 1, BATON_FRAME_STATIC};
  return BATON_OK;
}

static const baton_error_methods foreign_methods = {
    .struct_size = sizeof(baton_error_methods),
    .kind = foreign_kind,
    .frames = foreign_frames};

#define FOREIGN(name_)                \
  {.struct_size = sizeof(baton_type), \
   .abi_major = BATON_ABI_MAJOR,      \
   .abi_minor = BATON_ABI_MINOR,      \
   .magic = BATON_TYPE_MAGIC,         \
   .name = name_,                     \
   .retain = keep,                    \
   .release = keep,                   \
   .as_error = &foreign_methods}
static const baton_type foreign[2] = {FOREIGN("one"), FOREIGN("another")};

static PyObject *raise_foreign(PyObject *module, PyObject *args) {
  const baton_python *py = baton_python_find();
  unsigned long which;
  baton_value error;
  (void)module;
  if (!PyArg_ParseTuple(args, "kk", &which, &frame_count)) return NULL;
  error = baton_from_object(&foreign[which & 1], &frame_count);
  py->raise(py, &error);
  return NULL;
}

/* ---- The module --------------------------------------------------------- */

static PyObject *make_null(PyObject *module, PyObject *none) {
  const baton_python *py = baton_python_find();
  (void)module, (void)none;
  return py->make(py, NULL, NULL, 0);
}

static PyMethodDef methods[] = {
    {"receive", receive, METH_NOARGS, "Waits for what is sent."},
    {"send", send_, METH_NOARGS, "Sends."},
    {"handling", handling, METH_VARARGS, "Awaits in a handler."},
    {"start", start, METH_O, "Drives it once, and waits for what it yields."},
    {"wakes", count, METH_NOARGS, "Wakes, and clones that are left."},
    {"raise_chain", raise_chain, METH_O, "Raises a chain of errors."},
    {"raise_foreign", raise_foreign, METH_VARARGS, "Raises a foreign error."},
    {"make_null", make_null, METH_NOARGS, "Makes an object of no body."},
    {NULL, NULL, 0, NULL}};

static int execute(PyObject *module) {
  (void)module;
  return baton_python_get() ? 0 : -1;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)execute},
#ifdef Py_mod_gil
                                   {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
                                   {0, NULL}};

static PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                 .m_name = "odd",
                                 .m_methods = methods,
                                 .m_slots = slots};

PyMODINIT_FUNC PyInit_odd(void);
PyMODINIT_FUNC PyInit_odd(void) { return PyModuleDef_Init(&definition); }
