/* SPDX-License-Identifier: MIT */
/*
 * peer.py in C, as an author of an extension has it with Baton.
 */
#include <baton/author.h>
#include <baton/python.h>

typedef struct relay_frame {
  baton_place at;
  baton_value awaitable;
} relay_frame;

BATON_RESUME(relay_resume) {
  baton_begin(relay_frame, f);
  baton_await(baton_take(&f->awaitable));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BATON_CORO(relay, relay_resume, relay_frame, awaitable, 1);

typedef struct produce_frame {
  baton_place at;
  baton_value awaitables; /* their iterator, once it has begun */
} produce_frame;

/* Replaces the iterable by its iterator. @return 0, or -1 with `*error` */
static int begin(baton_value *awaitables, baton_value *error) {
  const baton_python *py = baton_python_find();
  PyObject *iterable = py->to_object(py, awaitables);
  PyObject *iterator = iterable ? PyObject_GetIter(iterable) : NULL;
  Py_XDECREF(iterable);
  if (!iterator) return py->fail(py, error), -1;
  *awaitables = py->from_object(py, iterator);
  Py_DECREF(iterator);
  return 0;
}

/* @return 1 with the next awaitable, 0 at the end, or -1 with the error */
static int next(const baton_value *awaitables, baton_value *out) {
  const baton_python *py = baton_python_find();
  baton_value copy;
  PyObject *iterator, *awaitable;
  baton_copy(awaitables, &copy);
  iterator = py->to_object(py, &copy);
  awaitable = iterator ? PyIter_Next(iterator) : NULL;
  Py_XDECREF(iterator);
  if (!awaitable && PyErr_Occurred()) return py->fail(py, out), -1;
  if (!awaitable) return 0;
  *out = py->from_object(py, awaitable);
  Py_DECREF(awaitable);
  return 1;
}

/* Bodies of async generators may be called where Python may not be. */
static int step(produce_frame *f, baton_context *cx, int first,
                baton_value *out) {
  const baton_python *py = baton_python_find();
  baton_python_guard guard;
  int more;
  if (py->enter(py, cx, &guard) < 0) return 0;
  more = first ? begin(&f->awaitables, out) : 0;
  if (more == 0) more = next(&f->awaitables, out);
  py->leave(&guard);
  return more;
}

BATON_RESUME(produce_resume) {
  int more;
  baton_begin(produce_frame, f);
  for (more = step(f, cx, 1, out); more > 0; more = step(f, cx, 0, out)) {
    baton_await(baton_take(out));
    baton_item(baton_take(in));
    baton_drop(in);
  }
  if (more < 0) baton_raise(baton_take(out));
  baton_return(baton_none());
  baton_cleanup;
  baton_end;
}
BATON_ASYNC_GENERATOR(produce, produce_resume, produce_frame, awaitables, 1);

static PyObject *make_relay(PyObject *module, PyObject *awaitable) {
  const baton_python *py = baton_python_find();
  (void)module;
  return py->make(py, &relay, &awaitable, 1);
}

static PyObject *make_produce(PyObject *module, PyObject *awaitables) {
  const baton_python *py = baton_python_find();
  (void)module;
  return py->make(py, &produce, &awaitables, 1);
}

static PyMethodDef methods[] = {{"relay", make_relay, METH_O, NULL},
                                {"produce", make_produce, METH_O, NULL},
                                {NULL, NULL, 0, NULL}};

static int fill(PyObject *module) {
  (void)module;
  return baton_python_get() ? 0 : -1;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)fill},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};

static PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                 .m_name = "baton_c",
                                 .m_methods = methods,
                                 .m_slots = slots};

PyMODINIT_FUNC PyInit_baton_c(void) { return PyModuleDef_Init(&definition); }
