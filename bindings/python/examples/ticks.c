/* SPDX-License-Identifier: MIT */
/*
 * Async generators: one in C, and a coroutine that iterates over any.
 */
#include "module.h"

/* ---- every: hands on each n-th item of another async iterator ------------ */

typedef struct every_frame {
  baton_place at;
  baton_value items; /* an async iterator */
  long step, seen;
} every_frame;

/* [generator] */
/* async for item in items: if seen++ % step == 0: yield item */
BATON_RESUME(every_resume) {
  baton_begin(every_frame, f);
  baton_async_for(&f->items) {
    if (f->seen++ % f->step == 0) baton_item(baton_take(in));
  }
  baton_cleanup;
  baton_end;
}
BATON_ASYNC_GENERATOR(every, every_resume, every_frame, items, 1);
/* [/generator] */

/* ---- count: iterates ----------------------------------------------------- */

typedef struct count_frame {
  baton_place at;
  baton_value items;
  int64_t number;
} count_frame;

BATON_RESUME(count_resume) {
  baton_begin(count_frame, f);
  baton_async_for(&f->items) f->number++;
  baton_return(baton_from_i64(f->number));
  baton_cleanup;
  baton_end;
}
BATON_CORO(count, count_resume, count_frame, items, 1);

/* [functions] */
/* baton_async_for wants an iterator: what aiter() gives. */
static PyObject *make(PyObject *module, const baton_body *body,
                      PyObject *iterable) {
  const baton_python *py = table_of(module);
  PyObject *items = PyObject_GetAIter(iterable);
  if (!items) return NULL;
  PyObject *made = py->make(py, body, &items, 1);
  Py_DECREF(items);
  return made;
}

static PyObject *make_every(PyObject *module, PyObject *arguments) {
  PyObject *iterable;
  long step;
  if (!PyArg_ParseTuple(arguments, "lO:every", &step, &iterable)) return NULL;
  if (step < 1) return PyErr_SetString(PyExc_ValueError, "step < 1"), NULL;
  PyObject *made = make(module, &every, iterable);
  if (made) ((every_frame *)table_of(module)->frame(made))->step = step;
  return made;
}
/* [/functions] */

static PyObject *make_count(PyObject *module, PyObject *iterable) {
  return make(module, &count, iterable);
}

static PyMethodDef functions[] = {{"every", make_every, METH_VARARGS, NULL},
                                  {"count", make_count, METH_O, NULL},
                                  {NULL, NULL, 0, NULL}};
EXAMPLE_MODULE(ticks, functions)
