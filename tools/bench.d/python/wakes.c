/* SPDX-License-Identifier: MIT */
#include <pthread.h>

#include <baton/author.h>
#include <baton/python.h>

/* A thread that wakes whoever asks it: through a waker, or as Python code
 * would, by the loop's own call_soon_threadsafe. */

typedef struct request {
  const baton_waker *waker; /* or null, and then: */
  PyObject *loop, *callback;
} request;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t asked = PTHREAD_COND_INITIALIZER;
static request now;
static int pending, started;
static const baton_python *py;

static void call_soon(const request *one) {
  PyGILState_STATE state = PyGILState_Ensure();
  PyObject *result = PyObject_CallMethod(one->loop, "call_soon_threadsafe", "O",
                                         one->callback);
  if (!result) PyErr_WriteUnraisable(one->loop);
  Py_XDECREF(result);
  Py_DECREF(one->loop);
  Py_DECREF(one->callback);
  PyGILState_Release(state);
}

static void *serve(void *unused) {
  request one;
  for (;;) {
    pthread_mutex_lock(&lock);
    while (!pending) pthread_cond_wait(&asked, &lock);
    pending = 0;
    one = now;
    pthread_mutex_unlock(&lock);
    if (one.waker)
      one.waker->methods->wake(one.waker);
    else
      call_soon(&one);
  }
  return unused;
}

static void ask(request one) {
  pthread_mutex_lock(&lock);
  if (!started) {
    pthread_t thread;
    started = pthread_create(&thread, NULL, serve, NULL) == 0;
  }
  now = one;
  pending = 1;
  pthread_cond_signal(&asked);
  pthread_mutex_unlock(&lock);
}

/* ask(loop, callback) */
static PyObject *ask_for_call(PyObject *module, PyObject *args) {
  request one = {NULL, NULL, NULL};
  (void)module;
  if (!PyArg_ParseTuple(args, "OO", &one.loop, &one.callback)) return NULL;
  Py_INCREF(one.loop);
  Py_INCREF(one.callback);
  ask(one);
  Py_RETURN_NONE;
}

typedef struct wait_frame {
  int64_t left;
} wait_frame;

static int32_t BATON_CALL wait_step(const baton_value *self, baton_context *cx,
                                    uint32_t op, baton_value *in,
                                    baton_value *out) {
  wait_frame *frame = baton_coro_frame(self);
  request one = {NULL, NULL, NULL};
  if (op == BATON_OP_THROW) {
    *out = baton_take(in);
    return BATON_ERROR;
  }
  if (frame->left-- == 0) return BATON_RETURN;
  if (cx->waker->methods->clone(cx->waker, &one.waker) != BATON_OK) {
    *out = baton_from_kind(BATON_ERROR_NO_MEMORY);
    return BATON_ERROR;
  }
  ask(one);
  return BATON_PENDING;
}

static const baton_body wait_body = {.struct_size = sizeof(baton_body),
                                     .kind = BATON_KIND_COROUTINE,
                                     .frame_size = sizeof(wait_frame),
                                     .name = "wait",
                                     .resume = wait_step};

static PyObject *wait_for_wakes(PyObject *module, PyObject *number) {
  int64_t left = PyLong_AsLongLong(number);
  PyObject *made;
  (void)module;
  if (left == -1 && PyErr_Occurred()) return NULL;
  made = py->make(py, &wait_body, NULL, 0);
  if (made) ((wait_frame *)py->frame(made))->left = left;
  return made;
}

static PyMethodDef methods[] = {{"ask", ask_for_call, METH_VARARGS, NULL},
                                {"wait", wait_for_wakes, METH_O, NULL},
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

static PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "wakes",
                                 .m_methods = methods, .m_slots = slots};

PyMODINIT_FUNC PyInit_wakes(void) { return PyModuleDef_Init(&definition); }
