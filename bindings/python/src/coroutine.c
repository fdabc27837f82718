/* SPDX-License-Identifier: MIT */
#include "coro.h"
#include "drive.h"
#include "foreign.h"
#include "quick.h"

/* The shared type `coroutine`, and what its __await__ gives. */

typedef struct wrapper {
  PyObject_HEAD baton_py_face *coroutine;
  uint16_t number; /* what `driver` is while this one drives */
  uint8_t by_slot; /* `await` made it: only the interpreter drives it */
  uint8_t stopped; /* it has used the exception that is kept */
  uint8_t tracked;
} wrapper;

static baton_py_face *face_of(PyObject *self) {
  return (baton_py_face *)(void *)self;
}

static wrapper *wrapper_of(PyObject *self) { return (wrapper *)(void *)self; }

/* ---- The wrapper ------------------------------------------------------- */

static wrapper *reuse_wrapper(baton_py_state *state) {
  wrapper *kept = (wrapper *)(void *)state->kept_wrappers;
  if (!kept) return NULL;
  state->kept_wrappers = (PyObject *)kept->coroutine;
  state->kept_wrapper_count--;
  _Py_NewReference((PyObject *)kept);
  return kept;
}

int baton_py_is_awaited(const baton_py_face *face) {
  uint8_t state;
  if (baton_py_is_hosted(face)) {
    state = baton_load(&face->link.state);
    return state == BATON_ATTACHED ? !baton_chain_runs(&face->link)
                                   : face->driver && state == BATON_SUSPENDED;
  }
  return face->driver && baton_py_face_state(face) == BATON_SUSPENDED;
}

static PyObject *new_wrapper(PyObject *self, int by_slot) {
  baton_py_face *face = face_of(self);
  baton_py_state *state = face->state;
  wrapper *made = NULL;
  if (by_slot && baton_unlikely(baton_py_is_awaited(face))) {
    PyErr_SetString(PyExc_RuntimeError, "coroutine is being awaited already");
    return NULL;
  }
  if (!BATON_PY_FREE_THREADED) made = reuse_wrapper(state);
  if (!made) {
    made = PyObject_GC_New(wrapper, state->wrapper);
    if (!made) return NULL;
  }
  Py_INCREF(self);
  made->coroutine = face;
  if (++face->serial == BATON_PY_DIRECT) face->serial = 1;
  made->number = face->serial;
  made->by_slot = (uint8_t)by_slot;
  made->stopped = 0;
  made->tracked =
      BATON_PY_FREE_THREADED || !by_slot || (face->marks & BATON_PY_TRACKED);
  if (made->tracked) PyObject_GC_Track(made);
  return (PyObject *)made;
}

/* What has an am_await of its own, and is no link, says what to drive. */
static int asks_am_await(const baton_py_face *face) {
  const baton_value *handle;
  if (baton_likely(baton_py_is_hosted(face))) return 0;
  handle = baton_py_handle(face);
  return baton_is_object(handle) && !baton_is_link(handle) &&
         handle->head.type->as_async && handle->head.type->as_async->am_await;
}

static PyObject *await_slot(PyObject *self) {
  baton_py_face *face = face_of(self);
  if (baton_unlikely(asks_am_await(face)))
    return baton_py_await_foreign(face->state, baton_py_handle(face));
  return new_wrapper(self, 1);
}

static PyObject *await_method(PyObject *self, PyObject *none) {
  (void)none;
  return asks_am_await(face_of(self)) ? await_slot(self) : new_wrapper(self, 0);
}

/* The value that the exception took along must not live on in it. */
static void tidy_stop(baton_py_state *state) {
  PyStopIterationObject *stop =
      (PyStopIterationObject *)(void *)state->stop_iteration;
  if (!stop) return;
  if (Py_REFCNT(stop) == 1)
    Py_CLEAR(stop->value);
  else
    Py_CLEAR(state->stop_iteration);
}

static void wrapper_dealloc(PyObject *self) {
  wrapper *is = wrapper_of(self);
  baton_py_face *face = is->coroutine;
  baton_py_state *state = face->state;
  PyTypeObject *type = Py_TYPE(self);
  if (is->tracked) PyObject_GC_UnTrack(self);
  if (face->driver == is->number) face->driver = 0;
  if (is->stopped) tidy_stop(state);
  if (!BATON_PY_FREE_THREADED && state->module &&
      state->kept_wrapper_count < BATON_PY_FREE_KEPT) {
    is->coroutine = (baton_py_face *)(void *)state->kept_wrappers;
    state->kept_wrappers = self;
    state->kept_wrapper_count++;
  } else {
    PyObject_GC_Del(self);
    Py_DECREF(type);
  }
  Py_DECREF(face);
}

static int wrapper_traverse(PyObject *self, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(self));
  Py_VISIT((PyObject *)wrapper_of(self)->coroutine);
  return 0;
}

static inline PySendResult wrapper_am_send(PyObject *self, PyObject *arg,
                                           PyObject **result) {
  wrapper *is = wrapper_of(self);
  PySendResult sent;
  is->coroutine->driver = is->number;
  sent = baton_likely(baton_py_is_quick(is->coroutine, arg))
             ? baton_py_send_to_body(is->coroutine, result)
             : baton_py_send(is->coroutine, arg, result);
  if (baton_unlikely(sent == PYGEN_NEXT && !is->tracked)) {
    is->tracked = 1;
    PyObject_GC_Track(self);
  }
  return sent;
}

static PyObject *wrapper_next(PyObject *self) {
  PyObject *result;
  PySendResult sent = wrapper_am_send(self, Py_None, &result);
  if (baton_likely(sent == PYGEN_NEXT)) return result;
  if (sent == PYGEN_RETURN && result != Py_None)
    wrapper_of(self)->stopped = wrapper_of(self)->by_slot;
  return baton_py_next_result(wrapper_of(self)->coroutine->state, sent, result,
                              wrapper_of(self)->by_slot);
}

static PyObject *wrapper_send(PyObject *self, PyObject *arg) {
  PyObject *result;
  PySendResult sent = wrapper_am_send(self, arg, &result);
  return baton_py_method_result(sent, result, 0);
}

static PyObject *wrapper_throw(PyObject *self, PyObject *const *args,
                               Py_ssize_t count) {
  baton_py_face *face = wrapper_of(self)->coroutine;
  PyObject *result = baton_py_throw_method(face, args, count);
  face->driver = wrapper_of(self)->number;
  return result;
}

static PyObject *wrapper_close(PyObject *self, PyObject *none) {
  (void)none;
  return baton_py_close(wrapper_of(self)->coroutine);
}

/* So that walks along cr_await do not end here. */
#define FORWARD(name)                                         \
  static PyObject *forward_##name(PyObject *self, void *at) { \
    return name((PyObject *)wrapper_of(self)->coroutine, at); \
  }
FORWARD(baton_py_awaited)
FORWARD(baton_py_frame_object)
FORWARD(baton_py_code)
FORWARD(baton_py_running)

static PyMethodDef wrapper_methods[] = {
    {"send", wrapper_send, METH_O,
     "send(arg) -> send 'arg' into coroutine,\n"
     "return next yielded value or raise StopIteration."},
    {"throw", (PyCFunction)(void (*)(void))wrapper_throw, METH_FASTCALL,
     "throw(value)\n\nRaise exception in coroutine, return next yielded value "
     "or raise\nStopIteration."},
    {"close", wrapper_close, METH_NOARGS,
     "close() -> raise GeneratorExit inside coroutine."},
    {NULL, NULL, 0, NULL}};

static PyGetSetDef wrapper_attributes[] = {
    {"cr_await", forward_baton_py_awaited, NULL, NULL, NULL},
    {"cr_frame", forward_baton_py_frame_object, NULL, NULL, NULL},
    {"cr_code", forward_baton_py_code, NULL, NULL, NULL},
    {"cr_running", forward_baton_py_running, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL}};

static PyType_Slot wrapper_slots[] = {
    {Py_tp_dealloc, wrapper_dealloc},
    {Py_tp_traverse, wrapper_traverse},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, wrapper_next},
    {Py_am_send, wrapper_am_send},
    {Py_tp_methods, wrapper_methods},
    {Py_tp_getset, wrapper_attributes},
    {Py_tp_doc, "A wrapper object implementing __await__ for coroutines."},
    {0, NULL}};

static PyType_Spec wrapper_spec = {
    "builtins.coroutine_wrapper", sizeof(wrapper), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC |
        Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    wrapper_slots};

PyObject *baton_py_unwrapped(const baton_py_state *state, PyObject *object) {
  if (Py_TYPE(object) != state->wrapper) return object;
  return (PyObject *)(void *)((wrapper *)(void *)object)->coroutine;
}

/* ---- The coroutine ----------------------------------------------------- */

static PySendResult am_send(PyObject *self, PyObject *arg, PyObject **result) {
  face_of(self)->driver = BATON_PY_DIRECT;
  return baton_py_send(face_of(self), arg, result);
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
    {"__await__", await_method, METH_NOARGS | METH_COEXIST,
     "Return an iterator to be used in await expression."},
    {"send", send, METH_O,
     "send(arg) -> send 'arg' into coroutine,\n"
     "return next yielded value or raise StopIteration."},
    {"throw", (PyCFunction)(void (*)(void))throw_, METH_FASTCALL,
     "throw(value)\n\nRaise exception in coroutine, return next yielded value "
     "or raise\nStopIteration."},
    {"close", close_, METH_NOARGS,
     "close() -> raise GeneratorExit inside coroutine."},
    {"__sizeof__", baton_py_sizeof, METH_NOARGS, NULL},
    {"__reduce__", baton_py_refuse_reduce, METH_NOARGS, NULL},
#if BATON_PY_HAS(3, 13)
    {"__class_getitem__", Py_GenericAlias, METH_O | METH_CLASS, "See PEP 585"},
#endif
    {NULL, NULL, 0, NULL}};

static PyGetSetDef attributes[] = {
    {"__name__", baton_py_name, baton_py_set_name, "name of the coroutine",
     NULL},
    {"__qualname__", baton_py_qualname, baton_py_set_qualname,
     "qualified name of the coroutine", NULL},
    {"cr_await", baton_py_awaited, NULL, "object being awaited on, or None",
     NULL},
    {"cr_running", baton_py_running, NULL, NULL, NULL},
    {"cr_frame", baton_py_frame_object, BATON_PY_SET_FRAME, NULL, NULL},
    {"cr_code", baton_py_code, BATON_PY_SET_CODE, NULL, NULL},
    {"cr_origin", baton_py_origin, baton_py_refuse_set, NULL, NULL},
#if BATON_PY_HAS(3, 11)
    {"cr_suspended", baton_py_suspended, NULL, NULL, NULL},
#endif
#if BATON_PY_HAS(3, 15)
    {"cr_state", baton_py_state_name, NULL, NULL, NULL},
#endif
    {NULL, NULL, NULL, NULL, NULL}};

static PyType_Slot slots[] = {{Py_tp_dealloc, baton_py_face_dealloc},
                              {Py_tp_finalize, baton_py_face_finalize},
                              {Py_tp_traverse, baton_py_face_traverse},
                              {Py_tp_clear, baton_py_face_clear},
                              {Py_tp_repr, baton_py_face_repr},
                              {Py_am_await, await_slot},
                              {Py_am_send, am_send},
                              {Py_tp_methods, methods},
                              {Py_tp_getset, attributes},
                              {Py_tp_members, baton_py_face_members},
                              {0, NULL}};

static PyType_Spec spec = {"builtins.coroutine", sizeof(baton_py_face), 1,
                           Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC |
                               Py_TPFLAGS_DISALLOW_INSTANTIATION |
                               Py_TPFLAGS_IMMUTABLETYPE,
                           slots};

int baton_py_init_coroutine(baton_py_state *state, PyObject *module) {
  state->wrapper = baton_py_new_type(module, &wrapper_spec);
  state->coroutine = baton_py_new_type(module, &spec);
  return state->wrapper && state->coroutine ? 0 : -1;
}
