/* SPDX-License-Identifier: MIT */
/*
 * Captured arguments: Python objects, and C data beside them.
 */
#include "module.h"

/* [frame] */
typedef struct power_frame {
  baton_place at;
  baton_value base, product; /* the library drops and traverses these */
  const baton_python *py;
  long exponent; /* C data needs no conversion */
} power_frame;
/* [/frame] */

/* [body] */
/* The product of two values, both borrowed; null with an exception. */
static PyObject *multiply(power_frame *f) {
  baton_value left = baton_none(), right = baton_none();
  baton_copy(&f->product, &left); /* to_object takes what it is given */
  baton_copy(&f->base, &right);
  PyObject *a = f->py->to_object(f->py, &left);
  PyObject *b = f->py->to_object(f->py, &right);
  PyObject *product = a && b ? PyNumber_Multiply(a, b) : NULL;
  Py_XDECREF(a);
  Py_XDECREF(b);
  return product;
}

BATON_RESUME(power_resume) {
  baton_begin(power_frame, f);
  f->product = baton_from_i64(1);
  for (; f->exponent > 0; f->exponent--) {
    PyObject *product = multiply(f);
    if (!product) baton_raise(f->py->caught(f->py));
    baton_drop(&f->product);
    f->product = f->py->from_object(f->py, product);
    Py_DECREF(product);
  }
  baton_return(baton_take(&f->product));
  baton_cleanup;
  baton_end;
}
BATON_CORO(power, power_resume, power_frame, base, 2);
/* [/body] */

/* [function] */
static PyObject *make_power(PyObject *module, PyObject *const *arguments,
                            Py_ssize_t count) {
  const baton_python *py = table_of(module);
  if (count != 2) {
    PyErr_SetString(PyExc_TypeError, "power takes a base and an exponent");
    return NULL;
  }
  long exponent = PyLong_AsLong(arguments[1]);
  if (exponent == -1 && PyErr_Occurred()) return NULL;
  PyObject *made = py->make(py, &power, arguments, 1); /* fills `base` */
  if (!made) return NULL;
  power_frame *f = py->frame(made);
  f->py = py;
  f->exponent = exponent;
  return made;
}
/* [/function] */

static PyMethodDef functions[] = {
    {"power", (PyCFunction)(void (*)(void))make_power, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL}};
EXAMPLE_MODULE(arguments, functions)
