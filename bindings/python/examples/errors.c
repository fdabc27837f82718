/* SPDX-License-Identifier: MIT */
/*
 * Errors: raised in C, raised by Python, caught, and changed on the way.
 */
#include "module.h"

/* ---- fail: three ways to raise ------------------------------------------ */

typedef struct fail_frame {
  baton_place at;
  baton_value object;
  const baton_python *py;
} fail_frame;

/* [raise] */
BATON_RESUME(fail_resume) {
  baton_begin(fail_frame, f);
  if (baton_is_none(&f->object)) /* a native error: no Python needed */
    baton_raise(baton_error_new(BATON_ERROR_VALUE, "%d is too few", 0));
  PyObject *object = f->py->to_object(f->py, &f->object);
  if (PyUnicode_CheckExact(object)) /* an exception that is set */
    PyErr_Format(PyExc_LookupError, "no %U here", object);
  else /* one that a call of Python's left */
    Py_XDECREF(PyNumber_Negative(object));
  Py_DECREF(object);
  if (PyErr_Occurred()) baton_raise(f->py->caught(f->py));
  baton_cleanup;
  baton_end;
}
BATON_CORO(fail, fail_resume, fail_frame, object, 1);
/* [/raise] */

/* ---- fallback: catches ----------------------------------------------------
 */

typedef struct fallback_frame {
  baton_place at;
  baton_value work, otherwise;
} fallback_frame;

/* [catch] */
/* try: return await work
 * except KeyError: return otherwise */
BATON_RESUME(fallback_resume) {
  baton_begin(fallback_frame, f);
  baton_try_await(baton_take(&f->work));
  if (op != BATON_OP_THROW) baton_return(baton_take(in));
  if (baton_error_kind(in) != BATON_ERROR_KEY) baton_raise(baton_take(in));
  baton_return(baton_take(&f->otherwise));
  baton_cleanup;
  baton_end;
}
BATON_CORO(fallback, fallback_resume, fallback_frame, work, 2);
/* [/catch] */

static PyObject *make_fail(PyObject *module, PyObject *argument) {
  const baton_python *py = table_of(module);
  PyObject *made = py->make(py, &fail, &argument, 1);
  if (made) ((fail_frame *)py->frame(made))->py = py;
  return made;
}

static PyObject *make_fallback(PyObject *module, PyObject *const *arguments,
                               Py_ssize_t count) {
  const baton_python *py = table_of(module);
  if (count == 2) return py->make(py, &fallback, arguments, count);
  PyErr_SetString(PyExc_TypeError, "fallback takes an awaitable and a value");
  return NULL;
}

static PyMethodDef functions[] = {
    {"fail", make_fail, METH_O, NULL},
    {"fallback", (PyCFunction)(void (*)(void))make_fallback, METH_FASTCALL,
     NULL},
    {NULL, NULL, 0, NULL}};
EXAMPLE_MODULE(errors, functions)
