/* SPDX-License-Identifier: MIT */
#include "coro.h"
#include "face.h"

/* The shared type `async_generator`, and those of what its methods give. */

static baton_py_face *face_of(PyObject *self) {
  return (baton_py_face *)(void *)self;
}

/* ---- The loop's hooks -------------------------------------------------- */

/* As the first use of a generator does it. */
static int call_hooks(PyObject *self) {
  PyThreadState *thread = PyThreadState_Get();
  baton_py_extra *extra = baton_py_extra_of(face_of(self));
  PyObject *first, *result;
  if (!extra) return -1;
  if (extra->hooked) return 0;
  extra->hooked = 1;
  extra->finalizer = Py_XNewRef(thread->async_gen_finalizer);
  first = Py_XNewRef(thread->async_gen_firstiter);
  if (!first) return 0;
  result = PyObject_CallOneArg(first, self);
  Py_DECREF(first);
  Py_XDECREF(result);
  return result ? 0 : -1;
}

/* ---- Its methods ------------------------------------------------------- */

static const baton_async_generator *methods_of(PyObject *self) {
  const baton_async_generator *table =
      baton_find(baton_py_handle(face_of(self)), BATON_EXT_ASYNC_GENERATOR);
  if (!table)
    PyErr_Format(PyExc_TypeError, "'%s' is an async iterator only",
                 baton_type_name(baton_py_handle(face_of(self))));
  return table;
}

static PyObject *show(PyObject *self, int32_t status, baton_value *out) {
  baton_py_state *state = face_of(self)->state;
  if (status == BATON_OWNED) {
    PyObject *made = baton_py_to_object(state, out);
    baton_py_extra *extra = face_of(self)->extra;
    /* It is named after its generator, which may have been renamed. */
    if (made &&
        (Py_TYPE(made) == state->asend || Py_TYPE(made) == state->athrow) &&
        !baton_py_shown_of(face_of(made))->generator)
      baton_py_hold_generator(face_of(made), face_of(self));
    if (made && extra && extra->qualname && Py_TYPE(made) != Py_TYPE(self) &&
        baton_py_is_face(state, made) && baton_py_extra_of(face_of(made)))
      Py_XSETREF(face_of(made)->extra->qualname, Py_NewRef(extra->qualname));
    return made;
  }
  if (status == BATON_ERROR)
    baton_py_raise(state, out);
  else
    baton_py_raise_refusal(face_of(self), status,
                           baton_py_handle(face_of(self)));
  return NULL;
}

static PyObject *anext_(PyObject *self) {
  baton_value *handle = baton_py_handle(face_of(self));
  baton_value out = baton_none();
  baton_py_call call;
  if (!baton_is_object(handle)) return PyErr_NoMemory(); /* it was cleared */
  if (call_hooks(self) < 0) return NULL;
  baton_py_begin_call(&call, face_of(self), 0);
  return show(self,
              handle->head.type->as_async->am_anext(handle, &call.cx, &out),
              &out);
}

static PyObject *asend(PyObject *self, PyObject *arg) {
  const baton_async_generator *table = methods_of(self);
  baton_value in, out = baton_none();
  baton_py_call call;
  int32_t status;
  if (!table || call_hooks(self) < 0) return NULL;
  baton_py_begin_call(&call, face_of(self), 0);
  in = baton_py_from_object(face_of(self)->state, arg);
  status = table->asend(baton_py_handle(face_of(self)), &call.cx, &in, &out);
  baton_drop(&in);
  return show(self, status, &out);
}

/* Whether an error can be made of them, as far as that can be told. */
static int can_be_thrown(PyObject *args) {
  Py_ssize_t count = PyTuple_GET_SIZE(args);
  PyObject *type = count ? PyTuple_GET_ITEM(args, 0) : Py_None;
  if (count < 1 || count > 3) return 0;
  if (count == 3 && PyTuple_GET_ITEM(args, 2) != Py_None &&
      !PyTraceBack_Check(PyTuple_GET_ITEM(args, 2)))
    return 0;
  if (PyExceptionInstance_Check(type))
    return count == 1 || PyTuple_GET_ITEM(args, 1) == Py_None;
  return PyExceptionClass_Check(type);
}

/* What cannot be thrown is told when it is awaited; the generator never learns
 * of it. */
static PyObject *refuse_later(PyObject *made, PyObject *args, PyObject *self) {
  if (!made || Py_TYPE(made) != face_of(self)->state->athrow) return made;
  if (!baton_py_extra_of(face_of(made))) {
    Py_DECREF(made);
    return NULL;
  }
  face_of(made)->extra->refused = PyTuple_Pack(2, args, self);
  if (!face_of(made)->extra->refused) Py_CLEAR(made);
  return made;
}

static int is_running(PyObject *generator) {
  PyObject *running = baton_py_running(generator, NULL);
  Py_DECREF(running);
  return running == Py_True;
}

/* One that was used, or whose generator is in use, has other things to say. */
static int refuse_now(PyObject *self) {
  baton_py_face *face = face_of(self);
  PyObject *refused = face->extra ? face->extra->refused : NULL;
  baton_value error;
  if (baton_likely(!refused) || baton_py_face_state(face) != BATON_CREATED ||
      is_running(PyTuple_GET_ITEM(refused, 1)))
    return 0;
  face->extra->refused = NULL;
  face->marks |= BATON_PY_ENDED;
  error = baton_from_object(&face->state->arguments,
                            Py_NewRef(PyTuple_GET_ITEM(refused, 0)));
  Py_DECREF(refused);
  baton_py_raise(face->state, &error);
  return 1;
}

static PyObject *athrow(PyObject *self, PyObject *args) {
  const baton_async_generator *table = methods_of(self);
  baton_py_state *state = face_of(self)->state;
  Py_ssize_t count = PyTuple_GET_SIZE(args);
  baton_value error, out = baton_none();
  baton_py_call call;
  int32_t status;
#if BATON_PY_HAS(3, 15)
  if (count < 1 || count > 3) {
    PyErr_Format(PyExc_TypeError,
                 count < 1 ? "athrow expected at least 1 argument, got %zd"
                           : "athrow expected at most 3 arguments, got %zd",
                 count);
    return NULL;
  }
#endif
#if BATON_PY_HAS(3, 12)
  if (count > 1 &&
      PyErr_WarnEx(PyExc_DeprecationWarning,
                   "the (type, exc, tb) signature of athrow() is deprecated, "
                   "use the single-arg signature instead.",
                   1) < 0)
    return NULL;
#endif
  if (!table || call_hooks(self) < 0) return NULL;
  if (count == 1 && PyExceptionInstance_Check(PyTuple_GET_ITEM(args, 0)))
    error =
        baton_py_from_exception(state, Py_NewRef(PyTuple_GET_ITEM(args, 0)));
  else
    error = baton_from_object(&state->arguments, Py_NewRef(args));
  baton_py_begin_call(&call, face_of(self), 0);
  status =
      table->athrow(baton_py_handle(face_of(self)), &call.cx, &error, &out);
  baton_drop(&error);
  if (can_be_thrown(args) || baton_py_face_state(face_of(self)) == BATON_CLOSED)
    return show(self, status, &out);
  return refuse_later(show(self, status, &out), args, self);
}

static PyObject *aclose(PyObject *self, PyObject *none) {
  const baton_async_generator *table = methods_of(self);
  baton_value out = baton_none();
  baton_py_call call;
  (void)none;
  if (!table || call_hooks(self) < 0) return NULL;
  baton_py_begin_call(&call, face_of(self), 0);
  return show(self,
              table->aclose(baton_py_handle(face_of(self)), &call.cx, &out),
              &out);
}

static PyMethodDef generator_methods[] = {
    {"asend", asend, METH_O, "asend(v) -> send 'v' in generator."},
    {"athrow", athrow, METH_VARARGS,
     "athrow(value)\n\nraise exception in generator."},
    {"aclose", aclose, METH_NOARGS,
     "aclose() -> raise GeneratorExit inside generator."},
    {"__sizeof__", baton_py_sizeof, METH_NOARGS, NULL},
    {"__reduce__", baton_py_refuse_reduce, METH_NOARGS, NULL},
    {"__class_getitem__", Py_GenericAlias, METH_O | METH_CLASS, "See PEP 585"},
    {NULL, NULL, 0, NULL}};

static PyGetSetDef generator_attributes[] = {
    {"__name__", baton_py_name, baton_py_set_name,
     "name of the async generator", NULL},
    {"__qualname__", baton_py_qualname, baton_py_set_qualname,
     "qualified name of the async generator", NULL},
    {"ag_await", baton_py_awaited, NULL, "object being awaited on, or None",
     NULL},
    {"ag_running", baton_py_running, baton_py_refuse_set, NULL, NULL},
    {"ag_frame", baton_py_frame_object, BATON_PY_SET_FRAME, NULL, NULL},
    {"ag_code", baton_py_code, BATON_PY_SET_CODE, NULL, NULL},
#if BATON_PY_HAS(3, 12)
    {"ag_suspended", baton_py_suspended, NULL, NULL, NULL},
#endif
#if BATON_PY_HAS(3, 15)
    {"ag_state", baton_py_state_name, NULL, NULL, NULL},
#endif
    {NULL, NULL, NULL, NULL, NULL}};

static PyType_Slot generator_slots[] = {
    {Py_tp_dealloc, baton_py_face_dealloc},
    {Py_tp_finalize, baton_py_face_finalize},
    {Py_tp_traverse, baton_py_face_traverse},
    {Py_tp_clear, baton_py_face_clear},
    {Py_tp_repr, baton_py_face_repr},
    {Py_am_aiter, PyObject_SelfIter},
    {Py_am_anext, anext_},
    {Py_tp_methods, generator_methods},
    {Py_tp_getset, generator_attributes},
    {Py_tp_members, baton_py_face_members},
    {0, NULL}};

static PyType_Spec generator_spec = {
    "builtins.async_generator", sizeof(baton_py_face), 1,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC |
        Py_TPFLAGS_DISALLOW_INSTANTIATION | Py_TPFLAGS_IMMUTABLETYPE,
    generator_slots};

/* ---- What the methods give --------------------------------------------- */

static PySendResult step_am_send(PyObject *self, PyObject *arg,
                                 PyObject **result) {
  if (refuse_now(self)) return PYGEN_ERROR;
  return baton_py_send(face_of(self), arg, result);
}

static PyObject *step_next(PyObject *self) {
  PyObject *result;
  PySendResult sent = step_am_send(self, Py_None, &result);
  return baton_py_next_result(
      face_of(self)->state, sent, result,
      BATON_PY_ITEM(face_of(self)) ? BATON_PY_GIVES_ITEM : 0);
}

static PyObject *step_send(PyObject *self, PyObject *arg) {
  PyObject *result;
  PySendResult sent = step_am_send(self, arg, &result);
  return baton_py_method_result(sent, result, BATON_PY_ITEM(face_of(self)));
}

static PyObject *step_throw(PyObject *self, PyObject *const *args,
                            Py_ssize_t count) {
  baton_py_face *face = face_of(self);
  int unused = baton_py_face_state(face) == BATON_CREATED;
  PyObject *result = baton_py_throw_method(face, args, count);
  /* What cannot be thrown has used it up, too. */
  if (!result && count > 0 && unused &&
      baton_py_face_state(face) == BATON_CREATED)
    face->marks |= BATON_PY_ENDED;
  return result;
}

static PyObject *step_close(PyObject *self, PyObject *none) {
  (void)none;
  return baton_py_close(face_of(self));
}

static PyMethodDef step_methods[] = {
    {"send", step_send, METH_O, NULL},
    {"throw", (PyCFunction)(void (*)(void))step_throw, METH_FASTCALL, NULL},
    {"close", step_close, METH_NOARGS, NULL},
    {"__sizeof__", baton_py_sizeof, METH_NOARGS, NULL},
    {"__reduce__", baton_py_refuse_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL}};

static PyObject *step_repr(PyObject *self) {
  return PyUnicode_FromFormat("<%s object at %p>", Py_TYPE(self)->tp_name,
                              self);
}

static PyType_Slot step_slots[] = {{Py_tp_dealloc, baton_py_face_dealloc},
                                   {Py_tp_finalize, baton_py_face_finalize},
                                   {Py_tp_traverse, baton_py_face_traverse},
                                   {Py_tp_clear, baton_py_face_clear},
                                   {Py_tp_repr, step_repr},
                                   {Py_am_await, PyObject_SelfIter},
                                   {Py_am_send, step_am_send},
                                   {Py_tp_iter, PyObject_SelfIter},
                                   {Py_tp_iternext, step_next},
                                   {Py_tp_methods, step_methods},
                                   {Py_tp_members, baton_py_face_members},
                                   {0, NULL}};

/* Releases of 3.13 differ in whether the StopIteration of an item that is None
 * has it as an argument, and one with a value a context. */
static int find_facts(baton_py_state *state) {
  static const char probe[] =
      "async def generator():\n"
      "    yield\n"
      "async def coroutine():\n"
      "    return 1\n"
      "try:\n"
      "    generator().asend(None).send(None)\n"
      "except StopIteration as stop:\n"
      "    count = len(stop.args)\n"
      "    try:\n"
      "        coroutine().send(None)\n"
      "    except StopIteration as inner:\n"
      "        context = int(inner.__context__ is not None)\n";
  PyObject *code = Py_CompileString(probe, "<baton>", Py_file_input);
  PyObject *globals = PyDict_New(), *result = NULL, *count, *context;
  if (code && globals &&
      PyDict_SetItemString(globals, "__builtins__", PyEval_GetBuiltins()) == 0)
    result = PyEval_EvalCode(code, globals, globals);
  count = result ? PyDict_GetItemString(globals, "count") : NULL;
  context = result ? PyDict_GetItemString(globals, "context") : NULL;
  state->item_is_argument = count && PyLong_AsLong(count) == 1;
  baton_py_stop_has_context = context && PyLong_AsLong(context) == 1;
  Py_XDECREF(code);
  Py_XDECREF(globals);
  Py_XDECREF(result);
  return result ? 0 : -1;
}

static PyType_Spec step_spec(const char *name) {
  PyType_Spec spec = {name, sizeof(baton_py_face), 1,
                      Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC |
                          Py_TPFLAGS_DISALLOW_INSTANTIATION |
                          Py_TPFLAGS_IMMUTABLETYPE,
                      step_slots};
  return spec;
}

int baton_py_init_async_generator(baton_py_state *state, PyObject *module) {
  PyType_Spec asend_spec = step_spec("builtins.async_generator_asend");
  PyType_Spec athrow_spec = step_spec("builtins.async_generator_athrow");
  if (find_facts(state) < 0) return -1;
  state->async_generator = baton_py_new_type(module, &generator_spec);
  state->asend = baton_py_new_type(module, &asend_spec);
  state->athrow = baton_py_new_type(module, &athrow_spec);
  return state->async_generator && state->asend && state->athrow ? 0 : -1;
}
