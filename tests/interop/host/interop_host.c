/* SPDX-License-Identifier: MIT */
#include "host.h"

/* The module: see host.h for what its functions do. */

static PyObject *listen(PyObject *module, PyObject *listener) {
  PyObject *old = host_listener;
  (void)module;
  host_listener = Py_NewRef(listener);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *value(PyObject *module, PyObject *object) {
  const baton_python *py = baton_python_find();
  baton_value made = py->from_object(py, object);
  (void)module;
  return host_wrap(&made);
}

static PyObject *witness(PyObject *module, PyObject *none) {
  baton_value made = host_witness();
  (void)module, (void)none;
  return host_wrap(&made);
}

static PyObject *token(PyObject *module, PyObject *none) {
  baton_value made = baton_none();
  (void)module, (void)none;
  if (host_new_token(&made) != BATON_OK) return PyErr_NoMemory();
  return host_wrap(&made);
}

static PyObject *token_count(PyObject *module, PyObject *number) {
  (void)module;
  return PyLong_FromLong(host_token_count((int)PyLong_AsLong(number)));
}

/* The number of a token that Python holds, -1 for others. */
static PyObject *token_number(PyObject *module, PyObject *object) {
  const baton_python *py = baton_python_find();
  baton_value held = py->from_object(py, object);
  PyObject *number = PyLong_FromLongLong(host_token_number(&held));
  (void)module;
  baton_drop(&held);
  return number;
}

static PyObject *gate(PyObject *module, PyObject *early) {
  baton_value made = baton_none();
  (void)module;
  if (host_new_gate(PyObject_IsTrue(early), &made) != BATON_OK)
    return PyErr_NoMemory();
  return host_wrap(&made);
}

static PyObject *ring_gate(PyObject *module, PyObject *opened) {
  int truth = PyObject_IsTrue(opened);
  (void)module;
  Py_BEGIN_ALLOW_THREADS host_ring_gate(truth);
  Py_END_ALLOW_THREADS Py_RETURN_NONE;
}

/* Shuts the gate, forgets the tokens. */
static PyObject *reset(PyObject *module, PyObject *none) {
  (void)module, (void)none;
  host_shut_gate();
  host_forget_tokens();
  Py_RETURN_NONE;
}

int32_t host_integer(PyObject *object, baton_value *out) {
  int overflow;
  long long number = PyLong_AsLongLongAndOverflow(object, &overflow);
  *out = baton_from_i64(number);
  if (overflow) *out = baton_from_u64(PyLong_AsUnsignedLongLong(object));
  if (!PyErr_Occurred()) return BATON_OK;
  PyErr_Clear();
  *out = baton_none();
  return BATON_UNSUPPORTED;
}

static int32_t convert(PyObject *object, baton_value *out) {
  Py_ssize_t size;
  if (PyUnicode_Check(object)) {
    const char *data = PyUnicode_AsUTF8AndSize(object, &size);
    return baton_text_new(data, (uint64_t)size, out);
  }
  if (PyBytes_Check(object))
    return baton_bytes_new(PyBytes_AS_STRING(object),
                           (uint64_t)PyBytes_GET_SIZE(object), out);
  if (PyFloat_Check(object))
    *out = baton_from_f64(PyFloat_AS_DOUBLE(object));
  else if (PyBool_Check(object))
    *out = baton_from_bool(object == Py_True);
  else if (PyLong_Check(object))
    return host_integer(object, out);
  return BATON_OK;
}

/* The same as a value that is no object of Python's. */
static PyObject *native(PyObject *module, PyObject *object) {
  baton_value made = baton_none();
  (void)module;
  if (convert(object, &made) != BATON_OK) return PyErr_NoMemory();
  return PyErr_Occurred() ? NULL : host_wrap(&made);
}

/* Blocks of this copy of libbaton that are in use. */
static PyObject *blocks(PyObject *module, PyObject *none) {
  baton_counters counters;
  (void)module, (void)none;
  baton_thread_flush();
  baton_read_counters(&counters);
  return PyLong_FromUnsignedLongLong(counters.blocks + counters.leaked);
}

static PyMethodDef methods[] = {
    {"load", host_load, METH_O, "A provider, from its library's path."},
    {"listen", listen, METH_O, "Who hears say, act, identify."},
    {"value", value, METH_O, "The value of an object."},
    {"witness", witness, METH_NOARGS, "See witness.h."},
    {"token", token, METH_NOARGS, "A new token."},
    {"token_count", token_count, METH_O, "References to a token."},
    {"token_number", token_number, METH_O, "Which token it is."},
    {"gate", gate, METH_O, "An awaitable of the gate."},
    {"ring_gate", ring_gate, METH_O, "Wakes; opens the gate if true."},
    {"reset", reset, METH_NOARGS, "For the next scenario."},
    {"native", native, METH_O, "A scalar, text or bytes, unhosted."},
    {"blocks", blocks, METH_NOARGS, "In use."},
    {NULL, NULL, 0, NULL}};

static PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                 .m_name = "interop_host",
                                 .m_size = -1,
                                 .m_methods = methods};

PyMODINIT_FUNC PyInit_interop_host(void);
PyMODINIT_FUNC PyInit_interop_host(void) {
  PyObject *module = PyModule_Create(&definition);
  const baton_python *py = baton_python_get();
  if (!module || !py || host_init_value(module) < 0 ||
      PyModule_AddIntConstant(module, "TOKENS", HOST_TOKENS) < 0 ||
      PyModule_AddObjectRef(module, "PanicException", py->panic_exception) < 0)
    Py_CLEAR(module);
  return module;
}
