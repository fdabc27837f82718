/* SPDX-License-Identifier: MIT */
/*
 * Bodies that cannot be, for the tests.
 *
 *     faults.make(which)   what the binding makes of it
 */
#include <baton/python.h>

#include <baton/author.h>
#include <stdlib.h>
#include <string.h>

typedef struct plain_frame {
  baton_place at;
  baton_value value;
} plain_frame;

BATON_RESUME(plain_resume) {
  baton_begin(plain_frame, f);
  baton_return(baton_none());
  baton_cleanup;
  baton_end;
}

BATON_CORO(plain, plain_resume, plain_frame, value, 1);

/* Puts the fault into the body. Gives how many arguments are to be passed, or
 * -1 for no such fault. */
static Py_ssize_t spoil(baton_body *body, const char *which) {
  if (!strcmp(which, "short"))
    body->struct_size = 8;
  else if (!strcmp(which, "no size"))
    body->struct_size = 0;
  else if (!strcmp(which, "kind"))
    body->kind = 99;
  else if (!strcmp(which, "flags"))
    body->flags = 0x8000;
  else if (!strcmp(which, "name"))
    body->name = NULL;
  else if (!strcmp(which, "resume"))
    body->resume = NULL;
  else if (!strcmp(which, "args"))
    return 2;
  else
    return -1;
  return 0;
}

static PyObject *make(PyObject *module, PyObject *which) {
  const baton_python *py = baton_python_find();
  const char *name = PyUnicode_AsUTF8(which);
  PyObject *args[2] = {Py_None, Py_None};
  /* As long as the process: a binding that takes it may look at it later. */
  baton_body *body = malloc(sizeof *body);
  Py_ssize_t count;
  (void)module;
  if (!py || !name) return NULL;
  if (!body) return PyErr_NoMemory();
  *body = plain;
  count = spoil(body, name);
  if (count < 0) return PyErr_Format(PyExc_KeyError, "%s", name);
  return py->make(py, body, args, count);
}

static PyMethodDef methods[] = {
    {"make", make, METH_O, "An object of a body with a fault."},
    {NULL, NULL, 0, NULL}};

static int execute(PyObject *module) {
  (void)module;
  return baton_python_get() ? 0 : -1;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, (void *)execute}, {0, NULL}};

static PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                 .m_name = "faults",
                                 .m_methods = methods,
                                 .m_slots = slots};

PyMODINIT_FUNC PyInit_faults(void);
PyMODINIT_FUNC PyInit_faults(void) { return PyModuleDef_Init(&definition); }
