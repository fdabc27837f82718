/* SPDX-License-Identifier: MIT */
#include "face.h"

/* The shared type `generator`. */

static baton_py_face *face_of(PyObject *self) {
  return (baton_py_face *)(void *)self;
}

static PySendResult am_send(PyObject *self, PyObject *arg, PyObject **result) {
  return baton_py_send(face_of(self), arg, result);
}

static PyObject *next(PyObject *self) {
  PyObject *result;
  PySendResult sent = am_send(self, Py_None, &result);
  return baton_py_next_result(face_of(self)->state, sent, result, 0);
}

static PyObject *send(PyObject *self, PyObject *arg) {
  PyObject *result;
  PySendResult sent = am_send(self, arg, &result);
  return baton_py_method_result(sent, result, 0);
}

static PyObject *throw_(PyObject *self, PyObject *const *args,
                        Py_ssize_t count) {
  return baton_py_throw_method(face_of(self), args, count);
}

static PyObject *close_(PyObject *self, PyObject *none) {
  (void)none;
  return baton_py_close(face_of(self));
}

static PyMethodDef methods[] = {
    {"send", send, METH_O,
     "send(arg) -> send 'arg' into generator,\n"
     "return next yielded value or raise StopIteration."},
    {"throw", (PyCFunction)(void (*)(void))throw_, METH_FASTCALL,
     "throw(value)\n\nRaise exception in generator, return next yielded value "
     "or raise\nStopIteration."},
    {"close", close_, METH_NOARGS,
     "close() -> raise GeneratorExit inside generator."},
    {"__sizeof__", baton_py_sizeof, METH_NOARGS, NULL},
    {"__reduce__", baton_py_refuse_reduce, METH_NOARGS, NULL},
#if BATON_PY_HAS(3, 13)
    {"__class_getitem__", Py_GenericAlias, METH_O | METH_CLASS, "See PEP 585"},
#endif
    {NULL, NULL, 0, NULL}};

static PyGetSetDef attributes[] = {
    {"__name__", baton_py_name, baton_py_set_name, "name of the generator",
     NULL},
    {"__qualname__", baton_py_qualname, baton_py_set_qualname,
     "qualified name of the generator", NULL},
    {"gi_yieldfrom", baton_py_awaited, NULL,
     "object being iterated by yield from, or None", NULL},
    {"gi_running", baton_py_running, NULL, NULL, NULL},
    {"gi_frame", baton_py_frame_object, BATON_PY_SET_FRAME, NULL, NULL},
    {"gi_code", baton_py_code, BATON_PY_SET_CODE, NULL, NULL},
#if BATON_PY_HAS(3, 11)
    {"gi_suspended", baton_py_suspended, NULL, NULL, NULL},
#endif
#if BATON_PY_HAS(3, 15)
    {"gi_state", baton_py_state_name, NULL, NULL, NULL},
#endif
    {NULL, NULL, NULL, NULL, NULL}};

static PyType_Slot slots[] = {{Py_tp_dealloc, baton_py_face_dealloc},
                              {Py_tp_finalize, baton_py_face_finalize},
                              {Py_tp_traverse, baton_py_face_traverse},
                              {Py_tp_clear, baton_py_face_clear},
                              {Py_tp_repr, baton_py_face_repr},
                              {Py_tp_iter, PyObject_SelfIter},
                              {Py_tp_iternext, next},
                              {Py_am_send, am_send},
                              {Py_tp_methods, methods},
                              {Py_tp_getset, attributes},
                              {Py_tp_members, baton_py_face_members},
                              {0, NULL}};

static PyType_Spec spec = {"builtins.generator", sizeof(baton_py_face), 1,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC |
                               Py_TPFLAGS_DISALLOW_INSTANTIATION |
                               Py_TPFLAGS_IMMUTABLETYPE,
                           slots};

int baton_py_init_generator(baton_py_state *state, PyObject *module) {
  state->generator = baton_py_new_type(module, &spec);
  return state->generator ? 0 : -1;
}
