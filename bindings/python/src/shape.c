/* SPDX-License-Identifier: MIT */
#include "shape.h"

#include <string.h>

#include <baton/ext/async_generator.h>
#include <baton/ext/bytes.h>
#include <baton/ext/scalar.h>
#include <baton/ext/text.h>

/* All Python objects have one descriptor, so its extensions refuse those that
 * are of another shape. Subclasses are of the shape of their bases. */

static baton_py_state *state_of(const baton_value *self) {
  return self->head.type->data;
}

static PyObject *object_of(const baton_value *self) {
  return self->payload.object;
}

/* ---- Numbers, text, bytes ----------------------------------------------- */

static int32_t get_integer(PyObject *object, baton_value *out) {
  int overflow;
  int64_t number = PyLong_AsLongLongAndOverflow(object, &overflow);
  uint64_t large;
  if (!overflow) {
    *out = baton_from_i64(number);
    return BATON_OK;
  }
  large = overflow > 0 ? PyLong_AsUnsignedLongLong(object) : 0;
  if (overflow < 0 || PyErr_Occurred()) {
    PyErr_Clear();
    return BATON_UNSUPPORTED;
  }
  *out = baton_from_u64(large);
  return BATON_OK;
}

static int32_t tell_scalar(const baton_value *self, baton_value *out) {
  PyObject *object = object_of(self), *before;
  int32_t status = BATON_UNSUPPORTED;
  before = baton_py_raised();
  if (PyLong_Check(object)) {
    status = get_integer(object, out);
  } else if (PyFloat_Check(object)) {
    *out = baton_from_f64(PyFloat_AS_DOUBLE(object));
    status = BATON_OK;
  }
  baton_py_set_raised(before);
  return status;
}

static int32_t BATON_CALL get_scalar(const baton_value *self,
                                     baton_value *out) {
  *out = baton_none();
  BATON_PY_INSIDE(state_of(self), tell_scalar(self, out));
}

static int32_t lend_utf8(const baton_value *self, baton_text_view *out) {
  Py_ssize_t size = 0;
  PyObject *before = baton_py_raised();
  out->data = PyUnicode_AsUTF8AndSize(object_of(self), &size);
  out->size = (uint64_t)size;
  PyErr_Clear(); /* surrogates, which UTF-8 has not */
  baton_py_set_raised(before);
  return out->data ? BATON_OK : BATON_UNSUPPORTED;
}

static int32_t BATON_CALL view_text(const baton_value *self,
                                    baton_text_view *out) {
  out->data = NULL;
  out->size = 0;
  if (!PyUnicode_Check(object_of(self))) return BATON_UNSUPPORTED;
  BATON_PY_INSIDE(state_of(self), lend_utf8(self, out));
}

static int32_t BATON_CALL view_bytes(const baton_value *self,
                                     baton_bytes_view *out) {
  out->data = NULL;
  out->size = 0;
  if (!PyBytes_Check(object_of(self))) return BATON_UNSUPPORTED;
  out->data = (const uint8_t *)PyBytes_AS_STRING(object_of(self));
  out->size = (uint64_t)PyBytes_GET_SIZE(object_of(self));
  return BATON_OK;
}

/* ---- Async generators --------------------------------------------------- */

/* Calls a method, with an argument that is taken, or without one. */
static int32_t call(const baton_value *self, const char *name,
                    baton_value *argument, baton_value *out) {
  baton_py_state *state = state_of(self);
  PyObject *method, *made = NULL, *given, *before;
  *out = baton_none();
  before = baton_py_raised();
  method = PyObject_GetAttrString(object_of(self), name);
  if (!method && PyErr_ExceptionMatches(PyExc_AttributeError)) {
    PyErr_Clear();
    baton_py_set_raised(before);
    return BATON_UNSUPPORTED;
  }
  if (method && argument) {
    given = baton_py_to_object(state, argument);
    made = given ? PyObject_CallOneArg(method, given) : NULL;
    Py_XDECREF(given);
  } else if (method) {
    made = PyObject_CallNoArgs(method);
  }
  Py_XDECREF(method);
  *out = made ? baton_py_from_object(state, made) : baton_py_caught(state);
  Py_XDECREF(made);
  baton_py_set_raised(before);
  return made ? BATON_OWNED : BATON_ERROR;
}

static int32_t BATON_CALL asend(const baton_value *self, baton_context *cx,
                                baton_value *in, baton_value *out) {
  (void)cx;
  BATON_PY_INSIDE(state_of(self), call(self, "asend", in, out));
}

static int32_t BATON_CALL athrow(const baton_value *self, baton_context *cx,
                                 baton_value *error, baton_value *out) {
  (void)cx;
  BATON_PY_INSIDE(state_of(self), call(self, "athrow", error, out));
}

static int32_t BATON_CALL aclose(const baton_value *self, baton_context *cx,
                                 baton_value *out) {
  (void)cx;
  BATON_PY_INSIDE(state_of(self), call(self, "aclose", NULL, out));
}

const baton_extension baton_py_shapes[] = {
    {BATON_EXT_SCALAR,
     &(const baton_scalar){sizeof(baton_scalar), 0, get_scalar}},
    {BATON_EXT_TEXT, &(const baton_text){sizeof(baton_text), 0, view_text}},
    {BATON_EXT_BYTES, &(const baton_bytes){sizeof(baton_bytes), 0, view_bytes}},
    {BATON_EXT_ASYNC_GENERATOR,
     &(const baton_async_generator){sizeof(baton_async_generator), 0, asend,
                                    athrow, aclose}},
    {NULL, NULL}};
