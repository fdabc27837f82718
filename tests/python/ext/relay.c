/* SPDX-License-Identifier: MIT */
#include <baton/author.h>
#include <baton/python.h>

/* Native links that pass everything on: `return await X`, `return (yield from
 * X)`, and an async generator that forwards to another. No place in a file:
 * they leave no entry in tracebacks. */

typedef struct relay_frame {
  baton_value target;
  uint8_t begun;
  uint8_t quiet;     /* closes what it never awaited */
  uint8_t generator; /* it iterates */
} relay_frame;

#define py baton_python_find() /* each interpreter has its own */

/* `yield from` iterates over what is no iterator yet. */
static int32_t begin_iterating(baton_value *target, baton_value *out) {
  PyObject *object, *iterator;
  if (baton_is_object(target) && target->head.type->as_link) {
    *out = baton_take(target);
    return BATON_AWAIT;
  }
  object = py->to_object(py, target);
  if (object && PyCoro_CheckExact(object))
    PyErr_SetString(PyExc_TypeError,
                    "cannot 'yield from' a coroutine object in a "
                    "non-coroutine generator");
  iterator = object && !PyErr_Occurred() ? PyObject_GetIter(object) : NULL;
  Py_XDECREF(object);
  if (!iterator) return py->fail(py, out);
  *out = py->from_object(py, iterator);
  Py_DECREF(iterator);
  return BATON_AWAIT;
}

static int32_t BATON_CALL relay_resume(const baton_value *self,
                                       baton_context *cx, uint32_t op,
                                       baton_value *in, baton_value *out) {
  relay_frame *frame = baton_coro_frame(self);
  (void)cx;
  if (op == BATON_OP_THROW) {
    *out = baton_take(in);
    return BATON_ERROR;
  }
  if (!frame->begun) {
    frame->begun = 1;
    if (frame->generator) return begin_iterating(&frame->target, out);
    *out = baton_take(&frame->target);
    return BATON_AWAIT;
  }
  *out = baton_take(in);
  return BATON_RETURN;
}

/* If it is to be quiet, what it was to await goes without a word of its own:
 * the relay's notice stands for both. */
static void BATON_CALL relay_drop(void *memory) {
  relay_frame *frame = memory;
  baton_value target = baton_take(&frame->target), out = baton_none();
  if (frame->quiet && baton_is_object(&target) &&
      target.head.type->as_coroutine)
    baton_close(&target, &out);
  baton_drop(&out);
  baton_drop(&target);
}

static int32_t BATON_CALL relay_traverse(void *memory, baton_visit visit,
                                         void *arg) {
  relay_frame *frame = memory;
  return baton_is_object(&frame->target) ? visit(&frame->target, arg) : 0;
}

#define RELAY(symbol, kind_)                                           \
  static const baton_body symbol = {.struct_size = sizeof(baton_body), \
                                    .kind = kind_,                     \
                                    .frame_size = sizeof(relay_frame), \
                                    .name = "relay",                   \
                                    .resume = relay_resume,            \
                                    .drop = relay_drop,                \
                                    .traverse = relay_traverse}
RELAY(coroutine_body, BATON_KIND_COROUTINE);
RELAY(generator_body, BATON_KIND_GENERATOR);

/* ---- The async generator ----------------------------------------------- */

typedef struct forward_frame {
  baton_value target; /* the Python async generator */
  int waiting;        /* for what it was asked */
} forward_frame;

static PyObject *ask(forward_frame *frame, uint32_t op, baton_value *in) {
  baton_value copy, taken = baton_take(in);
  PyObject *target, *argument, *step = NULL;
  baton_copy(&frame->target, &copy);
  target = py->to_object(py, &copy);
  argument = py->to_object(py, &taken);
  if (target && argument)
    step = PyObject_CallMethod(
        target, op == BATON_OP_THROW ? "athrow" : "asend", "O", argument);
  Py_XDECREF(target);
  Py_XDECREF(argument);
  return step;
}

static int32_t BATON_CALL forward_resume(const baton_value *self,
                                         baton_context *cx, uint32_t op,
                                         baton_value *in, baton_value *out) {
  forward_frame *frame = baton_coro_frame(self);
  PyObject *step;
  (void)cx;
  if (!frame->waiting) { /* its consumer sends or throws */
    frame->waiting = 1;
    step = ask(frame, op, in);
    if (!step) return py->fail(py, out);
    *out = py->from_object(py, step);
    Py_DECREF(step);
    return BATON_AWAIT;
  }
  frame->waiting = 0;
  *out = baton_take(in);
  if (op == BATON_OP_SEND) return BATON_ITEM;
  if (baton_error_kind(out) != BATON_ERROR_STOP_ASYNC_ITERATION)
    return BATON_ERROR;
  baton_drop(out);
  return BATON_RETURN;
}

static const baton_body async_generator_body = {
    .struct_size = sizeof(baton_body),
    .kind = BATON_KIND_ASYNC_GENERATOR,
    .frame_size = sizeof(forward_frame),
    .value_count = 1,
    .name = "relay",
    .resume = forward_resume};

/* ---- Functions --------------------------------------------------------- */

static int set_names(PyObject *made, PyObject *name, PyObject *qualname) {
  if (name && name != Py_None &&
      PyObject_SetAttrString(made, "__name__", name) < 0)
    return -1;
  if (qualname && qualname != Py_None &&
      PyObject_SetAttrString(made, "__qualname__", qualname) < 0)
    return -1;
  return 0;
}

static void fill_frame(relay_frame *frame, const baton_body *body,
                       baton_value target, int quiet) {
  frame->target = target;
  frame->quiet = (uint8_t)quiet;
  frame->generator = body->kind == BATON_KIND_GENERATOR;
}

static PyObject *link_up(const baton_body *body, PyObject *target, int depth,
                         int native, int quiet) {
  PyObject *made = Py_NewRef(target), *next;
  baton_value value = baton_none();
  for (int i = 0; native && i < depth; i++) {
    baton_value link = baton_none();
    if (baton_coro_new(body, &link) != BATON_OK) {
      Py_DECREF(made);
      return PyErr_NoMemory();
    }
    fill_frame(baton_coro_frame(&link), body,
               i ? value : py->from_object(py, made), quiet);
    value = link;
  }
  if (native) {
    Py_DECREF(made);
    return py->to_object(py, &value);
  }
  for (int i = 0; i < depth; i++) {
    next = py->make(py, body, NULL, 0);
    if (next)
      fill_frame(py->frame(next), body, py->from_object(py, made), quiet);
    Py_DECREF(made);
    if (!next) return NULL;
    made = next;
  }
  return made;
}

static PyObject *relay(const baton_body *body, PyObject *args,
                       PyObject *keywords) {
  static char *names[] = {"target",   "depth", "native", "name",
                          "qualname", "quiet", NULL};
  PyObject *target, *name = NULL, *qualname = NULL, *made;
  int depth = 1, native = 0, quiet = 0;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O|ipOOp", names, &target,
                                   &depth, &native, &name, &qualname, &quiet))
    return NULL;
  if (depth < 1) {
    PyErr_SetString(PyExc_ValueError, "depth must be 1 or more");
    return NULL;
  }
  made = link_up(body, target, depth, native, quiet);
  if (made && set_names(made, name, qualname) < 0) Py_CLEAR(made);
  return made;
}

static PyObject *coroutine(PyObject *module, PyObject *args,
                           PyObject *keywords) {
  (void)module;
  return relay(&coroutine_body, args, keywords);
}

static PyObject *generator(PyObject *module, PyObject *args,
                           PyObject *keywords) {
  (void)module;
  return relay(&generator_body, args, keywords);
}

static PyObject *async_generator(PyObject *module, PyObject *args,
                                 PyObject *keywords) {
  static char *names[] = {"target",   "depth", "native", "name",
                          "qualname", "quiet", NULL};
  PyObject *target, *name = NULL, *qualname = NULL, *made, *next;
  int depth = 1, native = 0, quiet = 0;
  (void)module;
  if (!PyArg_ParseTupleAndKeywords(args, keywords, "O|ipOOp", names, &target,
                                   &depth, &native, &name, &qualname, &quiet))
    return NULL;
  made = Py_NewRef(target);
  for (int i = 0; i < depth && made; i++) {
    next = py->make(py, &async_generator_body, &made, 1);
    Py_DECREF(made);
    made = next;
  }
  if (made && set_names(made, name, qualname) < 0) Py_CLEAR(made);
  return made;
}

static PyMethodDef methods[] = {
    {"coroutine", (PyCFunction)(void (*)(void))coroutine,
     METH_VARARGS | METH_KEYWORDS, NULL},
    {"generator", (PyCFunction)(void (*)(void))generator,
     METH_VARARGS | METH_KEYWORDS, NULL},
    {"async_generator", (PyCFunction)(void (*)(void))async_generator,
     METH_VARARGS | METH_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL}};

static int fill(PyObject *module) {
  (void)module;
  return baton_python_get() ? 0 : -1;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, fill},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                                        .m_name = "relay", .m_methods = methods,
                                        .m_slots = slots};

PyMODINIT_FUNC PyInit_relay(void) { return PyModuleDef_Init(&definition); }
