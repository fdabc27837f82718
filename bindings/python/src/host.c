/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "coro.h"
#include "drive.h"
#include "face.h"
#include "object.h"
#include "origin.h"
#include "shape.h"
#include "wait.h"

/* Any Python object as a value: awaiting it, driving what that gives, asking
 * it what it is. One descriptor an interpreter. */

static baton_py_state *state_of(const baton_value *self) {
  return self->head.type->data;
}

static PyObject *object_of(const baton_value *self) {
  return self->payload.object;
}

static int32_t BATON_CALL retain(const baton_value *self) {
  baton_py_guard guard;
  if (baton_py_enter(state_of(self), &guard) < 0) return BATON_WRONG_THREAD;
  Py_INCREF(object_of(self));
  baton_py_leave(&guard);
  return BATON_OK;
}

static int32_t BATON_CALL release(const baton_value *self) {
  if (baton_likely(baton_py_attached(state_of(self))))
    Py_DECREF(object_of(self));
  else
    baton_py_release_later(state_of(self), object_of(self));
  return BATON_OK;
}

/* ---- One call ---------------------------------------------------------- */

/* A call of Python from a body: what the chain above handles is what the
 * called code sees as being handled. */
typedef struct calling {
  baton_py_call_in in;
  int handling;
  PyObject *raised; /* by whoever lets go of something meanwhile */
  PyObject *before;
} calling;

_Thread_local int baton_py_native;
_Thread_local PyObject *baton_py_native_loop;

/* Whether the one who drives is no object of Python's. */
static inline int is_native(const baton_context *cx) {
  return cx->waker && !baton_py_is_own_waker(cx->waker);
}

int baton_py_begin_call_in(baton_py_call_in *call, baton_py_state *state,
                           const baton_context *cx) {
  if (baton_py_enter(state, &call->guard) < 0) return -1;
  call->native = cx && is_native(cx);
  if (!call->native) return 0;
  baton_py_native++;
  call->loop = baton_py_native_loop;
  baton_py_native_loop = baton_py_running_loop(state);
  return 0;
}

void baton_py_end_call_in(baton_py_call_in *call) {
  if (call->native) {
    baton_py_native--;
    Py_XDECREF(baton_py_native_loop);
    baton_py_native_loop = call->loop;
  }
  baton_py_leave(&call->guard);
}

static int begin(calling *call, const baton_value *self, baton_context *cx) {
  baton_py_state *state = state_of(self);
  PyObject *handled = NULL;
  if (baton_py_begin_call_in(&call->in, state, cx) < 0) return 0;
  call->handling = 0;
  call->raised = baton_py_raised();
  if (baton_unlikely(cx && cx->handled) &&
      baton_py_is_object(state, cx->handled, &handled) &&
      PyExceptionInstance_Check(handled)) {
    call->handling = 1;
    call->before = baton_py_swap_handled(handled);
  }
  return 1;
}

static int32_t end(calling *call, int32_t status) {
  if (baton_unlikely(call->handling)) {
    PyObject *handled = baton_py_swap_handled(call->before);
    Py_XDECREF(handled);
    Py_XDECREF(call->before);
  }
  if (baton_unlikely(call->raised)) baton_py_set_raised(call->raised);
  baton_py_end_call_in(&call->in);
  return status;
}

static int32_t failed(baton_py_state *state, baton_value *out) {
  *out = baton_py_caught(state);
  return BATON_ERROR;
}

static int32_t tell_state(const baton_value *self, uint32_t *out);

/* Why a coroutine or generator of Python's own would not run. @return 0 if it
 * would. */
static int32_t refusal_of(const baton_value *self) {
  PyObject *object = object_of(self);
  uint32_t state;
  if (!(PyCoro_CheckExact(object) || PyGen_CheckExact(object)) ||
      tell_state(self, &state) != BATON_OK)
    return 0;
  if (state == BATON_RUNNING) return BATON_BUSY;
  return state == BATON_CLOSED && PyCoro_CheckExact(object)
             ? BATON_INVALID_STATE
             : 0;
}

/* The same, when a call has failed: neither a frame nor another exception is
 * behind this one. */
static BATON_APART int32_t not_sent(const baton_value *self, baton_value *out) {
  PyObject *exception = baton_py_raised(), *traceback, *cause, *type;
  if (exception && (PyCoro_CheckExact(object_of(self)) ||
                    PyGen_CheckExact(object_of(self)))) {
    type = (PyObject *)Py_TYPE(exception);
    traceback = PyException_GetTraceback(exception);
    cause = PyException_GetCause(exception);
    Py_XDECREF(traceback);
    Py_XDECREF(cause);
    if (!traceback && !cause && type == PyExc_ValueError) {
      Py_DECREF(exception);
      return BATON_BUSY;
    }
    if (!traceback && !cause && type == PyExc_RuntimeError &&
        PyCoro_CheckExact(object_of(self))) {
      Py_DECREF(exception);
      return BATON_INVALID_STATE;
    }
  }
  if (exception) baton_py_set_raised(exception);
  return failed(state_of(self), out);
}

/* Whoever is no loop of Python's may wait for it. */
baton_value baton_py_yielded(baton_py_state *state, const baton_context *cx,
                             PyObject *object) {
  baton_value value;
  if (!baton_py_is_call(state, cx) && baton_py_can_wait(state, object))
    return baton_from_object(&state->token, object);
  value = baton_py_from_object(state, object);
  Py_DECREF(object);
  return value;
}

/* The end of a child: a StopIteration is its result. */
static int32_t child_ended(baton_py_state *state, baton_value *out) {
  PyObject *exception, *value;
  if (!PyErr_ExceptionMatches(PyExc_StopIteration)) return failed(state, out);
  exception = baton_py_raised();
  value = Py_NewRef(((PyStopIterationObject *)(void *)exception)->value);
  Py_DECREF(exception);
  *out = baton_py_from_object(state, value);
  Py_DECREF(value);
  return BATON_RETURN;
}

/* ---- am_await ---------------------------------------------------------- */

static int is_awaited(PyObject *coroutine, PyObject *name) {
  PyObject *awaited = PyObject_GetAttr(coroutine, name);
  int is = awaited && awaited != Py_None;
  Py_XDECREF(awaited);
  PyErr_Clear();
  return is;
}

static int is_flagged_generator(PyObject *object) {
  PyCodeObject *code;
  int flags;
  if (!PyGen_CheckExact(object)) return 0;
#if BATON_PY_HAS(3, 12)
  code = PyGen_GetCode((PyGenObject *)object);
#else
  code = (PyCodeObject *)Py_NewRef(((PyGenObject *)object)->gi_code);
#endif
  flags = code->co_flags;
  Py_DECREF(code);
  return (flags & CO_ITERABLE_COROUTINE) != 0;
}

static PyObject *refuse_iterator(PyObject *object, PyObject *given) {
#if BATON_PY_HAS(3, 15)
  if (PyCoro_CheckExact(given))
    PyErr_Format(PyExc_TypeError,
                 "%T.__await__() must return an iterator, not coroutine",
                 object);
  else
    PyErr_Format(PyExc_TypeError,
                 "%T.__await__() must return an iterator, not %T", object,
                 given);
#else
  (void)object;
  if (PyCoro_CheckExact(given))
    PyErr_SetString(PyExc_TypeError, "__await__() returned a coroutine");
  else
    PyErr_Format(PyExc_TypeError,
                 "__await__() returned non-iterator of type '%.100s'",
                 Py_TYPE(given)->tp_name);
#endif
  Py_DECREF(given);
  return NULL;
}

static PyObject *iterator_of(PyObject *object) {
  PyAsyncMethods *methods = Py_TYPE(object)->tp_as_async;
  PyObject *given;
  if (!methods || !methods->am_await) {
    PyErr_Format(PyExc_TypeError,
#if BATON_PY_HAS(3, 14)
                 "'%.100s' object can't be awaited",
#else
                 "object %.100s can't be used in 'await' expression",
#endif
                 Py_TYPE(object)->tp_name);
    return NULL;
  }
  given = methods->am_await(object);
  if (!given) return NULL;
  if (PyCoro_CheckExact(given) || is_flagged_generator(given) ||
      !PyIter_Check(given))
    return refuse_iterator(object, given);
  return given;
}

/* What shows a handle lends it: the chain goes on below. */
static int32_t await_face(baton_py_face *face, baton_py_state *state,
                          baton_value *out) {
  if (baton_py_is_awaited(face)) {
    PyErr_SetString(PyExc_RuntimeError, "coroutine is being awaited already");
    return failed(state, out);
  }
  *out = baton_py_value_of(face);
  if (baton_is_object(out) && !(face->marks & BATON_PY_ENDED))
    return BATON_LENT;
  PyErr_SetString(PyExc_RuntimeError, "cannot reuse already awaited coroutine");
  return failed(state, out);
}

static int32_t BATON_CALL am_await(const baton_value *self, baton_context *cx,
                                   baton_value *out) {
  baton_py_state *state = state_of(self);
  PyObject *object = object_of(self), *iterator;
  calling call;
  if (!begin(&call, self, cx)) return BATON_WRONG_THREAD;
  if (baton_py_is_face(state, object) &&
      Py_TYPE(object) != state->async_generator)
    return end(&call, await_face((baton_py_face *)(void *)object, state, out));
  if (PyCoro_CheckExact(object)) {
    if (is_awaited(object, state->names.cr_await)) {
      PyErr_SetString(PyExc_RuntimeError, "coroutine is being awaited already");
      return end(&call, failed(state, out));
    }
    *out = *self;
    return end(&call, BATON_LENT);
  }
  if (is_flagged_generator(object)) {
    *out = *self;
    return end(&call, BATON_LENT);
  }
  iterator = iterator_of(object);
  if (!iterator) return end(&call, failed(state, out));
  *out = baton_py_object_value(state, iterator);
  return end(&call, BATON_OWNED);
}

static int32_t BATON_CALL am_aiter(const baton_value *self, baton_context *cx,
                                   baton_value *out) {
  baton_py_state *state = state_of(self);
  calling call;
  PyObject *iterator;
  if (!begin(&call, self, cx)) return BATON_WRONG_THREAD;
  iterator = PyObject_GetAIter(object_of(self));
  if (!iterator) return end(&call, failed(state, out));
  *out = baton_py_from_object(state, iterator);
  Py_DECREF(iterator);
  return end(&call, BATON_OWNED);
}

static int32_t BATON_CALL am_anext(const baton_value *self, baton_context *cx,
                                   baton_value *out) {
  baton_py_state *state = state_of(self);
  PyObject *object = object_of(self), *next = NULL;
  PyAsyncMethods *methods = Py_TYPE(object)->tp_as_async;
  calling call;
  if (!begin(&call, self, cx)) return BATON_WRONG_THREAD;
  if (methods && methods->am_anext)
    next = methods->am_anext(object);
  else
    PyErr_Format(PyExc_TypeError,
                 "'async for' requires an iterator with __anext__ method, got "
                 "%.100s",
                 Py_TYPE(object)->tp_name);
  if (!next) return end(&call, failed(state, out));
  *out = baton_py_from_object(state, next);
  Py_DECREF(next);
  return end(&call, BATON_OWNED);
}

/* ---- send, throw, close ------------------------------------------------ */

static BATON_APART int32_t send_slowly(const baton_value *self,
                                       baton_context *cx, baton_value *in,
                                       baton_value *out) {
  baton_py_state *state = state_of(self);
  PyObject *argument, *result = NULL;
  PySendResult sent;
  calling call;
  int32_t refusal;
  if (!begin(&call, self, cx)) return BATON_WRONG_THREAD;
  if (baton_likely(baton_is_none(in))) {
    sent = PyIter_Send(object_of(self), Py_None, &result);
  } else if ((refusal = refusal_of(self))) {
    return end(&call, refusal);
  } else {
    argument = baton_py_to_object(state, in);
    if (!argument) return end(&call, failed(state, out));
    sent = PyIter_Send(object_of(self), argument, &result);
    Py_DECREF(argument);
  }
  if (baton_unlikely(sent == PYGEN_ERROR))
    return end(&call, not_sent(self, out));
  if (sent == PYGEN_NEXT) {
    *out = baton_py_yielded(state, cx, result);
    return end(&call, BATON_YIELD);
  }
  *out = baton_py_from_object(state, result);
  Py_DECREF(result);
  return end(&call, BATON_RETURN);
}

/* Whether nothing is to be arranged before a call. */
static inline int is_plain(const baton_value *self, const baton_context *cx) {
  return !cx->handled &&
         (baton_py_is_call(state_of(self), cx) ||
          (!is_native(cx) && baton_py_attached(state_of(self))));
}

/* None to an iterator that yields None: the common case. */
static int32_t BATON_CALL send(const baton_value *self, baton_context *cx,
                               baton_value *in, baton_value *out) {
  PyObject *result;
  PySendResult sent;
  if (baton_unlikely(!baton_is_none(in) || !is_plain(self, cx)))
    return send_slowly(self, cx, in, out);
  sent = PyIter_Send(object_of(self), Py_None, &result);
  if (baton_unlikely(sent == PYGEN_ERROR)) return not_sent(self, out);
  if (baton_likely(result == Py_None)) {
    Py_DECREF(result);
  } else if (sent == PYGEN_NEXT) {
    *out = baton_py_yielded(state_of(self), cx, result);
  } else {
    *out = baton_py_from_object(state_of(self), result);
    Py_DECREF(result);
  }
  return sent == PYGEN_RETURN ? BATON_RETURN : BATON_YIELD;
}

/* @return the method; null without an exception if there is none. */
static PyObject *method_of(PyObject *object, PyObject *name) {
  PyObject *method = PyObject_GetAttr(object, name);
  if (!method && PyErr_ExceptionMatches(PyExc_AttributeError)) PyErr_Clear();
  return method;
}

/* Whether the end of a chain of Python's own is one of them: nobody there looks
 * at the arguments of throw as they were given. */
static int ends_in_own(const baton_py_state *state, PyObject *object) {
  PyObject *at = Py_NewRef(object), *next;
  while (PyCoro_CheckExact(at) || PyGen_CheckExact(at)) {
    next = PyObject_GetAttr(at, PyGen_CheckExact(at) ? state->names.gi_yieldfrom
                                                     : state->names.cr_await);
    if (!next) PyErr_Clear();
    Py_DECREF(at);
    if (!next || next == Py_None) {
      Py_XDECREF(next);
      return 1;
    }
    at = next;
  }
  Py_DECREF(at);
  return 0;
}

/* An object gets the arguments of throw as the caller gave them, unless it
 * would only warn of more than one. */
static int would_warn(PyObject *object, const baton_py_state *state,
                      const baton_value *arguments) {
  PyObject *given = arguments->payload.object;
  if (PyTuple_GET_SIZE(given) < 2) return 0;
  return PyExceptionClass_Check(PyTuple_GET_ITEM(given, 0)) &&
         (PyTuple_GET_SIZE(given) < 3 ||
          PyTuple_GET_ITEM(given, 2) == Py_None ||
          PyTraceBack_Check(PyTuple_GET_ITEM(given, 2))) &&
         ends_in_own(state, object);
}

/* What the arguments of throw are is for Python to say. */
static int is_error(const baton_py_state *state, const baton_value *value) {
  return baton_is_error(value) || value->head.type == &state->arguments ||
         (value->head.type == &state->object &&
          PyExceptionInstance_Check(value->payload.object));
}

static int is_foreign(const baton_py_state *state, const baton_value *error) {
  const baton_type *type = error->head.type;
  return type != &state->exception && type != &state->object &&
         type != &state->arguments;
}

/* Whether no code of it would see what is thrown into it. */
static int is_deaf(const baton_value *self) {
  PyObject *object = object_of(self);
  uint32_t state;
  return (PyCoro_CheckExact(object) || PyGen_CheckExact(object)) &&
         tell_state(self, &state) == BATON_OK &&
         (state == BATON_CREATED || state == BATON_CLOSED);
}

static int32_t BATON_CALL throw_(const baton_value *self, baton_context *cx,
                                 baton_value *error, baton_value *out) {
  baton_py_state *state = state_of(self);
  PyObject *method, *result;
  calling call;
  int32_t refusal;
  int made;
  if (!is_error(state, error)) return BATON_INVALID_ARGUMENT;
  if (!begin(&call, self, cx)) return BATON_WRONG_THREAD;
  if ((refusal = refusal_of(self))) return end(&call, refusal);
  if (is_foreign(state, error) && is_deaf(self)) {
    Py_XDECREF(PyObject_CallMethodNoArgs(object_of(self), state->names.close));
    *out = baton_take(error); /* so it stays itself */
    return end(&call, BATON_ERROR);
  }
  method = method_of(object_of(self), state->names.throw_);
#if BATON_PY_HAS(3, 12)
  /* Raised where the object is awaited, a StopIteration is its result. */
  if (!method && !PyErr_Occurred() &&
      baton_error_kind(error) == BATON_ERROR_STOP_ITERATION) {
    baton_value taken = baton_take(error);
    PyObject *stop = baton_py_exception(state, &taken, &made);
    if (stop) baton_py_set_raised(stop);
    return end(&call, child_ended(state, out));
  }
#endif
  if (!method)
    return end(&call,
               PyErr_Occurred() ? failed(state, out) : BATON_UNSUPPORTED);
  if (error->head.type == &state->arguments &&
      !would_warn(object_of(self), state, error)) {
    baton_value raw = baton_take(error);
    result = PyObject_CallObject(method, raw.payload.object);
    baton_drop(&raw);
  } else {
    baton_value taken = baton_take(error);
    PyObject *exception = baton_py_exception(state, &taken, &made);
    baton_py_throwing before = baton_py_begin_throw(state, exception);
    result = exception ? PyObject_CallOneArg(method, exception) : NULL;
    baton_py_end_throw(before);
    Py_XDECREF(exception);
  }
  Py_DECREF(method);
  if (!result) return end(&call, child_ended(state, out));
  *out = baton_py_yielded(state, cx, result);
  return end(&call, BATON_YIELD);
}

#if !BATON_PY_HAS(3, 13)
/* Up to 3.12 close drops what the body returns; a throw of GeneratorExit, which
 * is the same otherwise, does not. */
static int32_t close_suspended(const baton_value *self, baton_value *out) {
  PyObject *exit, *result;
  PyErr_SetNone(PyExc_GeneratorExit); /* with what is being handled */
  exit = baton_py_raised();
  result = PyObject_CallMethod(object_of(self), "throw", "O", exit);
  Py_XDECREF(exit);
  if (result) {
    Py_DECREF(result);
    PyErr_Format(
        PyExc_RuntimeError, "%s ignored GeneratorExit",
        PyCoro_CheckExact(object_of(self)) ? "coroutine" : "generator");
  } else if (PyErr_ExceptionMatches(PyExc_GeneratorExit)) {
    PyErr_Clear();
    return BATON_RETURN;
  }
  return child_ended(state_of(self), out);
}

static int is_suspended(const baton_value *self) {
  PyObject *object = object_of(self);
  uint32_t state;
  return (PyCoro_CheckExact(object) || PyGen_CheckExact(object)) &&
         tell_state(self, &state) == BATON_OK && state == BATON_SUSPENDED;
}
#endif

static int32_t BATON_CALL close_(const baton_value *self, baton_context *cx,
                                 baton_value *out) {
  baton_py_state *state = state_of(self);
  PyObject *method, *result;
  calling call;
  if (!begin(&call, self, cx)) return BATON_WRONG_THREAD;
  if (refusal_of(self) == BATON_BUSY) return end(&call, BATON_BUSY);
#if !BATON_PY_HAS(3, 13)
  if (is_suspended(self)) return end(&call, close_suspended(self, out));
#endif
  method = method_of(object_of(self), state->names.close);
  if (!method) {
    if (PyErr_Occurred()) PyErr_WriteUnraisable(object_of(self));
    return end(&call, BATON_UNSUPPORTED);
  }
  result = PyObject_CallNoArgs(method);
  Py_DECREF(method);
  if (!result) return end(&call, failed(state, out));
  *out = baton_py_from_object(state, result);
  Py_DECREF(result);
  return end(&call, BATON_RETURN);
}

/* ---- introspect/1 ------------------------------------------------------ */

static PyObject *first_of(PyObject *object, PyObject *a, PyObject *b,
                          PyObject *c) {
  PyObject *names[3] = {a, b, c};
  for (int i = 0; i < 3; i++) {
    PyObject *found = PyObject_GetAttr(object, names[i]);
    if (found) return found;
    PyErr_Clear();
  }
  return NULL;
}

static int truth(PyObject *found) {
  int is = found && PyObject_IsTrue(found) > 0;
  Py_XDECREF(found);
  PyErr_Clear();
  return is;
}

#if !BATON_PY_HAS(3, 12)
/* Up to 3.11 async generators do not tell whether they are suspended, and up to
 * 3.10 nothing does. */
static int state_of_frame(PyObject *object) {
  PyGenObject *generator = (PyGenObject *)(void *)object;
#if BATON_PY_HAS(3, 11)
  int state = generator->gi_frame_state;
#else
  int state = generator->gi_frame ? generator->gi_frame->f_state : 1;
#endif
  return state == -2   ? BATON_CREATED
         : state == -1 ? BATON_SUSPENDED
         : state == 0  ? BATON_RUNNING
                       : BATON_CLOSED;
}
#endif

/* What an async generator calls running is that an awaitable of it is used: it
 * may be suspended in that. */
static int32_t tell_state(const baton_value *self, uint32_t *out) {
  const baton_py_names *names = &state_of(self)->names;
  PyObject *object = object_of(self), *frame;
#if !BATON_PY_HAS(3, 12)
  if (PyGen_CheckExact(object) || PyCoro_CheckExact(object) ||
      PyAsyncGen_CheckExact(object)) {
    *out = (uint32_t)state_of_frame(object);
    return BATON_OK;
  }
#endif
  frame = first_of(object, names->cr_frame, names->gi_frame, names->ag_frame);
  if (!frame) return BATON_UNSUPPORTED;
  if (frame == Py_None)
    *out = BATON_CLOSED;
  else if (truth(first_of(object, names->cr_suspended, names->gi_suspended,
                          names->ag_suspended)))
    *out = BATON_SUSPENDED;
  else if (truth(first_of(object, names->cr_running, names->gi_running,
                          names->ag_running)))
    *out = BATON_RUNNING;
  else
    *out =
        is_awaited(object, names->cr_await) ? BATON_SUSPENDED : BATON_CREATED;
  Py_DECREF(frame);
  return BATON_OK;
}

static int32_t BATON_CALL state(const baton_value *self, uint32_t *out) {
  BATON_PY_INSIDE(state_of(self), tell_state(self, out));
}

static int32_t BATON_CALL kind(const baton_value *self, uint32_t *out) {
  PyObject *object = object_of(self);
  *out = PyAsyncGen_CheckExact(object) ? BATON_KIND_ASYNC_GENERATOR
         : PyGen_CheckExact(object)    ? BATON_KIND_GENERATOR
                                       : BATON_KIND_COROUTINE;
  return BATON_OK;
}

/* Text that lives as long as the interpreter: nobody else is sure to keep it.
 * @return UTF-8, or null. */
static const char *keep_text(baton_py_state *state, PyObject *text,
                             Py_ssize_t *size) {
  PyObject *kept;
  if (!text || !PyUnicode_Check(text) || !state->texts) return NULL;
  kept = PyDict_SetDefault(state->texts, text, text);
  return kept ? PyUnicode_AsUTF8AndSize(kept, size) : NULL;
}

static int32_t lend_text(const baton_value *self, PyObject *name,
                         baton_text_view *out) {
  baton_py_state *state = state_of(self);
  PyObject *text;
  Py_ssize_t size = 0;
  text = PyObject_GetAttr(object_of(self), name);
  out->data = keep_text(state, text, &size);
  out->size = (uint64_t)size;
  if (!out->data) *out = baton_view(Py_TYPE(object_of(self))->tp_name);
  Py_XDECREF(text);
  PyErr_Clear();
  return BATON_OK;
}

static int32_t BATON_CALL name(const baton_value *self, baton_text_view *out) {
  BATON_PY_INSIDE(state_of(self),
                  lend_text(self, state_of(self)->names.name, out));
}

static int32_t BATON_CALL qualified_name(const baton_value *self,
                                         baton_text_view *out) {
  BATON_PY_INSIDE(state_of(self),
                  lend_text(self, state_of(self)->names.qualname, out));
}

static int32_t tell_location(const baton_value *self, baton_frame *out) {
  baton_py_state *state = state_of(self);
  const baton_py_names *names = &state->names;
  Py_ssize_t size;
  PyObject *object = object_of(self), *code, *frame, *line;
  int32_t status = BATON_UNSUPPORTED;
  code = first_of(object, names->cr_code, names->gi_code, names->ag_code);
  if (code && PyCode_Check(code)) {
    PyCodeObject *at = (PyCodeObject *)code;
    *out = (baton_frame){"python", keep_text(state, at->co_name, &size),
                         keep_text(state, at->co_filename, &size),
                         (uint32_t)at->co_firstlineno, 0};
    frame = first_of(object, names->cr_frame, names->gi_frame, names->ag_frame);
    line = frame && frame != Py_None ? PyObject_GetAttr(frame, names->lineno)
                                     : NULL;
    if (line && line != Py_None) out->line = (uint32_t)PyLong_AsLong(line);
    Py_XDECREF(line);
    Py_XDECREF(frame);
    if (out->function && out->file) status = BATON_OK;
  }
  Py_XDECREF(code);
  PyErr_Clear();
  return status;
}

static int32_t BATON_CALL location(const baton_value *self, baton_frame *out) {
  BATON_PY_INSIDE(state_of(self), tell_location(self, out));
}

static int32_t tell_delegate(const baton_value *self, baton_value *out) {
  baton_py_state *state = state_of(self);
  const baton_py_names *names = &state->names;
  PyObject *awaited;
  *out = baton_none();
  awaited = first_of(object_of(self), names->cr_await, names->gi_yieldfrom,
                     names->ag_await);
  if (!awaited) return BATON_OK;
  *out = baton_py_told(state, awaited);
  Py_DECREF(awaited);
  return BATON_OK;
}

static int32_t BATON_CALL delegated_to(const baton_value *self,
                                       baton_value *out) {
  BATON_PY_INSIDE(state_of(self), tell_delegate(self, out));
}

static int32_t BATON_CALL query(const baton_value *self, const char *id,
                                const void **out) {
  static const baton_introspect introspect = {
      sizeof(baton_introspect), 0,        state,        kind, name,
      qualified_name,           location, delegated_to, NULL, NULL};
  static const baton_extension extensions[] = {
      {BATON_EXT_INTROSPECT, &introspect}, {NULL, NULL}};
  (void)self;
  if (baton_answer(extensions, id, out) == BATON_OK) return BATON_OK;
  return baton_answer(baton_py_shapes, id, out);
}

void baton_py_init_host(baton_py_state *state) {
  static const baton_async_methods async = {sizeof(baton_async_methods), 0,
                                            am_await, am_aiter, am_anext};
  static const baton_coroutine_methods coroutine = {
      sizeof(baton_coroutine_methods), 0, send, throw_, close_};
  state->object = (baton_type){BATON_TYPE_HEAD("python object"),
                               .retain = retain,
                               .release = release,
                               .data = state,
                               .as_async = &async,
                               .as_coroutine = &coroutine,
                               .query = query};
  state->token = state->object;
  state->token.query = baton_py_token_query;
  state->exception = state->object;
  state->exception.name = "python exception";
  state->exception.as_error = &baton_py_exception_errors;
  state->arguments =
      (baton_type){BATON_TYPE_HEAD("arguments of throw"), .retain = retain,
                   .release = release, .data = state,
                   .as_error = &baton_py_arguments_errors};
}
