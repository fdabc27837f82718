/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "face.h"
#include "object.h"
#include "origin.h"

/* ---- Kinds ------------------------------------------------------------- */

static PyObject *imported(const char *module, const char *name, int now) {
  PyObject *key = PyUnicode_FromString(module), *found = NULL;
  PyObject *there = key ? PyImport_GetModule(key) : NULL;
  Py_XDECREF(key);
  if (!there && now && !PyErr_Occurred()) there = PyImport_ImportModule(module);
  if (there) found = PyObject_GetAttrString(there, name);
  Py_XDECREF(there);
  if (!found) PyErr_Clear();
  return found;
}

/* A subclass comes before its base. */
static PyObject *class_of_kind(uint32_t kind, int *owned) {
  *owned = 0;
  switch (kind) {
    case BATON_ERROR_RUNTIME:
      return PyExc_RuntimeError;
    case BATON_ERROR_TYPE:
      return PyExc_TypeError;
    case BATON_ERROR_VALUE:
      return PyExc_ValueError;
    case BATON_ERROR_STOP_ITERATION:
      return PyExc_StopIteration;
    case BATON_ERROR_STOP_ASYNC_ITERATION:
      return PyExc_StopAsyncIteration;
    case BATON_ERROR_TIMEOUT:
      return PyExc_TimeoutError;
    case BATON_ERROR_NO_MEMORY:
      return PyExc_MemoryError;
    case BATON_ERROR_OS:
      return PyExc_OSError;
    case BATON_ERROR_RECURSION:
      return PyExc_RecursionError;
    case BATON_ERROR_KEY:
      return PyExc_KeyError;
    case BATON_ERROR_INDEX:
      return PyExc_IndexError;
    case BATON_ERROR_ARITHMETIC:
      return PyExc_ArithmeticError;
    case BATON_ERROR_ASSERTION:
      return PyExc_AssertionError;
    case BATON_ERROR_ATTRIBUTE:
      return PyExc_AttributeError;
    case BATON_ERROR_NOT_IMPLEMENTED:
      return PyExc_NotImplementedError;
    case BATON_ERROR_END_OF_FILE:
      return PyExc_EOFError;
    case BATON_ERROR_UNICODE:
      return PyExc_UnicodeError;
    case BATON_ERROR_GENERATOR_EXIT:
      return PyExc_GeneratorExit;
    case BATON_ERROR_INTERRUPT:
      return PyExc_KeyboardInterrupt;
    case BATON_ERROR_EXIT:
      return PyExc_SystemExit;
    case BATON_ERROR_CANCELLED: {
      PyObject *found = imported("asyncio.exceptions", "CancelledError", 1);
      *owned = found != NULL;
      return found ? found : PyExc_BaseException;
    }
    default:
      return kind & BATON_ERROR_BASE ? PyExc_BaseException : PyExc_Exception;
  }
}

/* Whether it is a class of a module, if that was imported. */
static int is_of(PyObject *class, const char *module, const char *name) {
  PyObject *known = imported(module, name, 0);
  int is = known && PyErr_GivenExceptionMatches(class, known);
  Py_XDECREF(known);
  return is;
}

uint32_t baton_py_kind_of(const baton_py_state *state, PyObject *exception) {
  static const uint32_t kinds[] = {BATON_ERROR_GENERATOR_EXIT,
                                   BATON_ERROR_STOP_ITERATION,
                                   BATON_ERROR_STOP_ASYNC_ITERATION,
                                   BATON_ERROR_RECURSION,
                                   BATON_ERROR_NOT_IMPLEMENTED,
                                   BATON_ERROR_RUNTIME,
                                   BATON_ERROR_TYPE,
                                   BATON_ERROR_UNICODE,
                                   BATON_ERROR_VALUE,
                                   BATON_ERROR_KEY,
                                   BATON_ERROR_INDEX,
                                   BATON_ERROR_ATTRIBUTE,
                                   BATON_ERROR_ASSERTION,
                                   BATON_ERROR_ARITHMETIC,
                                   BATON_ERROR_TIMEOUT,
                                   BATON_ERROR_OS,
                                   BATON_ERROR_NO_MEMORY,
                                   BATON_ERROR_END_OF_FILE,
                                   BATON_ERROR_INTERRUPT,
                                   BATON_ERROR_EXIT};
  PyObject *class = PyExceptionClass_Check(exception)
                        ? exception
                        : (PyObject *)Py_TYPE(exception);
  const char *name = ((PyTypeObject *)class)->tp_name;
  int owned;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (PyErr_GivenExceptionMatches(class, class_of_kind(kinds[i], &owned)))
      return kinds[i];
  if (!PyErr_GivenExceptionMatches(class, PyExc_Exception)) {
    if (is_of(class, "asyncio.exceptions", "CancelledError") ||
        is_of(class, "trio", "Cancelled"))
      return BATON_ERROR_CANCELLED;
    if (PyErr_GivenExceptionMatches(class, state->table.panic_exception))
      return BATON_ERROR_PANIC;
    if (strcmp(name, "BaseExceptionGroup") == 0) return BATON_ERROR_BASE_GROUP;
    return BATON_ERROR_BASE_OTHER;
  }
  if (strcmp(name, "ExceptionGroup") == 0) return BATON_ERROR_GROUP;
#if !BATON_PY_HAS(3, 11)
  if (is_of(class, "asyncio.exceptions", "TimeoutError"))
    return BATON_ERROR_TIMEOUT;
#endif
  return BATON_ERROR_OTHER;
}

/* ---- throw's arguments -------------------------------------------------- */

PyObject *baton_py_normalize(PyObject *type, PyObject *value,
                             PyObject *traceback) {
  PyObject *made;
  if (traceback == Py_None) traceback = NULL;
  if (traceback && !PyTraceBack_Check(traceback)) {
    PyErr_SetString(PyExc_TypeError,
                    "throw() third argument must be a traceback object");
    return NULL;
  }
  if (PyExceptionInstance_Check(type)) {
    if (value && value != Py_None) {
      PyErr_SetString(PyExc_TypeError,
                      "instance exception may not have a separate value");
      return NULL;
    }
    if (traceback) PyException_SetTraceback(type, traceback);
    return Py_NewRef(type);
  }
  if (!PyExceptionClass_Check(type)) {
    PyErr_Format(PyExc_TypeError,
                 "exceptions must be classes or instances deriving from "
                 "BaseException, not %s",
                 Py_TYPE(type)->tp_name);
    return NULL;
  }
  PyObject *class = Py_NewRef(type);
  PyObject *content = Py_XNewRef(value);
  PyObject *trace = Py_XNewRef(traceback);
  PyErr_NormalizeException(&class, &content, &trace);
  made = content;
#if !BATON_PY_HAS(3, 14)
  if (made && !trace) PyException_SetTraceback(made, Py_None);
#endif
  if (made && trace) PyException_SetTraceback(made, trace);
  Py_XDECREF(class);
  Py_XDECREF(trace);
  return made;
}

/* ---- To Python --------------------------------------------------------- */

static PyObject *message_of(const baton_value *error) {
  const baton_error_methods *methods =
      baton_is_object(error) ? error->head.type->as_error : NULL;
  baton_text_view view;
  if (!methods || !methods->message ||
      methods->message(error, &view) != BATON_OK || !view.size)
    return NULL;
  return PyUnicode_DecodeUTF8(view.data, (Py_ssize_t)view.size, "replace");
}

/* What an error comes from is told this deep. */
#define PARTS_DEEP 200

typedef int32_t(BATON_CALL *part)(const baton_value *self, baton_value *out);

static PyObject *part_of(baton_py_state *state, const baton_value *error,
                         part get, int exception) {
  baton_value found = baton_none();
  int made;
  PyObject *object;
  if (!get || state->converting >= PARTS_DEEP ||
      get(error, &found) != BATON_OK || baton_is_none(&found))
    return NULL;
  if (exception && !baton_is_error(&found)) {
    baton_drop(&found);
    return NULL;
  }
  state->converting++;
  object = exception ? baton_py_exception(state, &found, &made)
                     : baton_py_to_object(state, &found);
  state->converting--;
  if (!object) PyErr_Clear();
  return object;
}

static PyObject *construct(baton_py_state *state, const baton_value *error,
                           uint32_t kind) {
  int owned = 0;
  PyObject *class = kind == BATON_ERROR_PANIC ? state->table.panic_exception
                                              : class_of_kind(kind, &owned);
  PyObject *message = message_of(error), *payload = NULL, *made;
  if (baton_is_object(error))
    payload = part_of(state, error, error->head.type->as_error->payload, 0);
  if (payload && (kind == BATON_ERROR_STOP_ITERATION ||
                  kind == BATON_ERROR_EXIT || kind == BATON_ERROR_KEY))
    made = PyObject_CallOneArg(class, payload);
  else if (payload && kind == BATON_ERROR_OS && message)
    made = PyObject_CallFunctionObjArgs(class, payload, message, NULL);
  else if (message)
    made = PyObject_CallOneArg(class, message);
  else
    made = PyObject_CallNoArgs(class);
  Py_XDECREF(message);
  Py_XDECREF(payload);
  if (owned) Py_DECREF(class);
  if (made && !PyExceptionInstance_Check(made)) {
    Py_DECREF(made);
    made = NULL;
    PyErr_SetString(PyExc_SystemError, "baton: an exception class made none");
  }
  return made;
}

PyObject *baton_py_exception(baton_py_state *state, baton_value *error,
                             int *made) {
  PyObject *exception, *part;
  *made = 0;
  if (error->head.type == &state->exception ||
      error->head.type == &state->object) {
    exception = error->payload.object;
    *error = baton_none();
    if (PyExceptionInstance_Check(exception)) return exception;
    PyErr_Format(PyExc_TypeError, "baton: '%s' was raised, which is no error",
                 Py_TYPE(exception)->tp_name);
    Py_DECREF(exception);
    return NULL;
  }
  if (error->head.type == &state->arguments) {
    PyObject *arguments = error->payload.object;
    Py_ssize_t count = PyTuple_GET_SIZE(arguments);
    if (count < 1 || count > 3) { /* what athrow got, up to 3.14 */
      PyErr_Format(PyExc_TypeError,
                   count < 1 ? "athrow expected at least 1 argument, got %zd"
                             : "athrow expected at most 3 arguments, got %zd",
                   count);
      baton_drop(error);
      return NULL;
    }
    exception =
        baton_py_normalize(PyTuple_GET_ITEM(arguments, 0),
                           count > 1 ? PyTuple_GET_ITEM(arguments, 1) : NULL,
                           count > 2 ? PyTuple_GET_ITEM(arguments, 2) : NULL);
    baton_drop(error);
    return exception;
  }
  if (!baton_is_error(error)) {
    PyErr_Format(PyExc_SystemError, "baton: '%s' was raised, which is no error",
                 baton_type_name(error));
    baton_drop(error);
    return NULL;
  }
  if (baton_is_object(error) && (exception = baton_py_known(state, error))) {
    baton_drop(error);
    return exception;
  }
  PyErr_Clear();
  exception = construct(state, error, baton_error_kind(error));
  if (exception && baton_is_object(error)) {
    const baton_error_methods *methods = error->head.type->as_error;
    *made = 1;
    baton_py_set_origin(state, exception, error);
    part = part_of(state, error, methods->context, 1);
    if (part) {
      PyException_SetContext(exception, part);
      *made = 0; /* it says itself what was being handled */
    }
    part = part_of(state, error, methods->cause, 1);
    if (part) PyException_SetCause(exception, part);
  } else if (exception) {
    *made = 1;
  }
  baton_drop(error);
  return exception;
}

void baton_py_raise(baton_py_state *state, baton_value *error) {
  int made;
  PyObject *exception = baton_py_exception(state, error, &made);
  if (!exception) return;
  if (!made) {
    baton_py_set_raised(exception);
    return;
  }
  PyErr_SetObject((PyObject *)Py_TYPE(exception), exception);
  Py_DECREF(exception);
}

baton_value baton_py_caught(baton_py_state *state) {
  PyObject *exception = baton_py_raised();
  if (!exception) {
    PyErr_SetString(PyExc_SystemError,
                    "baton: a call failed without setting an exception");
    exception = baton_py_raised();
  }
  return baton_py_from_exception(state, exception);
}

/* ---- A Python exception as an error ------------------------------------ */

static baton_py_state *state_of(const baton_value *self) {
  return self->head.type->data;
}

static PyObject *object_of(const baton_value *self) {
  return self->payload.object;
}

static int32_t tell_kind(const baton_value *self, PyObject *of, uint32_t *out) {
  *out = baton_py_kind_of(state_of(self), of);
  return BATON_OK;
}

static int32_t BATON_CALL kind(const baton_value *self, uint32_t *out) {
  *out = BATON_ERROR_OTHER;
  if (!PyExceptionInstance_Check(object_of(self))) return BATON_OK;
  BATON_PY_INSIDE(state_of(self), tell_kind(self, object_of(self), out));
}

/* The text lives as long as the exception, so it is kept there. */
static int32_t lend_message(const baton_value *self, baton_text_view *out) {
  static const char *const key = "__baton_message__";
  PyObject *before, *texts, *text;
  const char *data = NULL;
  Py_ssize_t size = 0;
  before = baton_py_raised();
  texts = PyObject_GenericGetDict(object_of(self), NULL);
  text = texts ? Py_XNewRef(PyDict_GetItemString(texts, key)) : NULL;
  if (texts && !text) {
    text = PyObject_Str(object_of(self));
    if (text && PyDict_SetItemString(texts, key, text) < 0) Py_CLEAR(text);
  }
  if (text && PyUnicode_Check(text))
    data = PyUnicode_AsUTF8AndSize(text, &size);
  Py_XDECREF(text);
  Py_XDECREF(texts);
  PyErr_Clear();
  baton_py_set_raised(before);
  if (!data) return BATON_NO_MEMORY;
  out->data = data;
  out->size = (uint64_t)size;
  return BATON_OK;
}

static int32_t BATON_CALL message(const baton_value *self,
                                  baton_text_view *out) {
  BATON_PY_INSIDE(state_of(self), lend_message(self, out));
}

static int32_t attribute(const baton_value *self, const char *name,
                         baton_value *out) {
  baton_py_state *state = state_of(self);
  PyObject *before, *found;
  *out = baton_none();
  before = baton_py_raised();
  found = PyObject_GetAttrString(object_of(self), name);
  if (found) *out = baton_py_from_object(state, found);
  Py_XDECREF(found);
  PyErr_Clear();
  baton_py_set_raised(before);
  return BATON_OK;
}

static int32_t related(const baton_value *self, PyObject *(*get)(PyObject *),
                       baton_value *out) {
  PyObject *found;
  *out = baton_none();
  if (!PyExceptionInstance_Check(object_of(self))) return BATON_OK;
  found = get(object_of(self));
  if (found) *out = baton_py_from_exception(state_of(self), found);
  return BATON_OK;
}

static int32_t tell_payload(const baton_value *self, baton_value *out) {
  static const struct {
    uint32_t kind;
    const char *name;
  } names[] = {{BATON_ERROR_STOP_ITERATION, "value"},
               {BATON_ERROR_EXIT, "code"},
               {BATON_ERROR_OS, "errno"}};
  uint32_t own = BATON_ERROR_OTHER;
  kind(self, &own);
  *out = baton_none();
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (own == names[i].kind) return attribute(self, names[i].name, out);
  return BATON_OK;
}

static int32_t BATON_CALL payload(const baton_value *self, baton_value *out) {
  BATON_PY_INSIDE(state_of(self), tell_payload(self, out));
}

static int32_t BATON_CALL cause(const baton_value *self, baton_value *out) {
  BATON_PY_INSIDE(state_of(self), related(self, PyException_GetCause, out));
}

static int32_t BATON_CALL context(const baton_value *self, baton_value *out) {
  BATON_PY_INSIDE(state_of(self), related(self, PyException_GetContext, out));
}

void baton_py_entry_frame(const PyTracebackObject *entry, baton_frame *out) {
  PyCodeObject *code = PyFrame_GetCode(entry->tb_frame);
  const char *name = PyUnicode_AsUTF8(code->co_name);
  const char *file = PyUnicode_AsUTF8(code->co_filename);
  PyObject *at =
      PyObject_GetAttrString((PyObject *)(uintptr_t)entry, "tb_lineno");
  long line = at && at != Py_None ? PyLong_AsLong(at) : 0;
  Py_XDECREF(at);
  *out = (baton_frame){"python", name ? name : "", file ? file : "",
                       line > 0 ? (uint32_t)line : 0, 0};
  Py_DECREF(code);
}

/* Its traceback, innermost first. The strings live as long as the code. */
static int32_t lend_frames(const baton_value *self, baton_frame *out,
                           uint32_t capacity, uint32_t *kept,
                           uint64_t *elided) {
  PyObject *before;
  uint64_t depth = 0, index = 0;
  *kept = 0;
  *elided = 0;
  if (!PyExceptionInstance_Check(object_of(self))) return BATON_OK;
  before = baton_py_raised();
  PyTracebackObject *first = (PyTracebackObject *)PyException_GetTraceback(
                        object_of(self)),
                    *at;
  for (at = first; at; at = at->tb_next) depth++;
  if (depth > 2 * BATON_FRAMES_KEPT) *elided = depth - 2 * BATON_FRAMES_KEPT;
  for (at = first; at; at = at->tb_next, index++) {
    uint64_t place = depth - 1 - index;
    if (*elided && place >= BATON_FRAMES_KEPT &&
        place < BATON_FRAMES_KEPT + *elided)
      continue;
    if (place >= BATON_FRAMES_KEPT) place -= *elided;
    if (place >= capacity) continue;
    baton_py_entry_frame(at, &out[place]);
    if (place + 1 > *kept) *kept = (uint32_t)place + 1;
  }
  Py_XDECREF((PyObject *)first);
  PyErr_Clear();
  baton_py_set_raised(before);
  return BATON_OK;
}

static int32_t BATON_CALL frames(const baton_value *self, baton_frame *out,
                                 uint32_t capacity, uint32_t *kept,
                                 uint64_t *elided) {
  BATON_PY_INSIDE(state_of(self),
                  lend_frames(self, out, capacity, kept, elided));
}

static int32_t append_frame(const baton_value *self, const baton_frame *frame) {
  if (PyExceptionInstance_Check(object_of(self)))
    baton_py_add_entry(state_of(self), object_of(self), frame);
  return BATON_OK;
}

static int32_t BATON_CALL add_frame(const baton_value *self,
                                    const baton_frame *frame) {
  BATON_PY_INSIDE(state_of(self), append_frame(self, frame));
}

const baton_error_methods baton_py_exception_errors = {
    sizeof(baton_error_methods),
    0,
    kind,
    message,
    payload,
    cause,
    context,
    frames,
    add_frame};

/* ---- Arguments of throw as an error ------------------------------------ */

static int32_t BATON_CALL arguments_kind(const baton_value *self,
                                         uint32_t *out) {
  PyObject *type = PyTuple_GET_SIZE(object_of(self))
                       ? PyTuple_GET_ITEM(object_of(self), 0)
                       : Py_None;
  *out = BATON_ERROR_OTHER;
  if (!PyExceptionClass_Check(type) && !PyExceptionInstance_Check(type))
    return BATON_OK;
  BATON_PY_INSIDE(state_of(self), tell_kind(self, type, out));
}

const baton_error_methods baton_py_arguments_errors = {
    sizeof(baton_error_methods),
    0,
    arguments_kind,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL};

int baton_py_init_error(baton_py_state *state, PyObject *module) {
  (void)module;
  state->table.panic_exception = PyErr_NewExceptionWithDoc(
      "baton.PanicException",
      "A panic of native code: not caught by 'except Exception'.",
      PyExc_BaseException, NULL);
  return state->table.panic_exception ? 0 : -1;
}
