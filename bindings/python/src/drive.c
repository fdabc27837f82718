/* SPDX-License-Identifier: MIT */
#include "drive.h"

#include "coro.h"
#include "guard.h"
#include "quick.h"

static const char *noun_of(const baton_py_face *face) {
  static const char *const nouns[] = {"coroutine", "generator",
                                      "async generator", "async generator"};
  return nouns[face->link.kind & 3];
}

void baton_py_raise_refusal(baton_py_face *face, int32_t status,
                            const baton_value *value) {
  baton_value error;
  if (status == BATON_BUSY) {
    PyErr_Format(PyExc_ValueError, "%s already executing", noun_of(face));
    return;
  }
  error = baton_error_from_refusal(status, value);
  baton_py_raise(face->state, &error);
}

/* ---- A status becomes a result ----------------------------------------- */

static PySendResult wait_for_wake(baton_py_face *face, baton_py_call *call,
                                  PyObject **result);

/* A handle broke the contract: it is closed, and not called again. */
static PySendResult unknown_status(baton_py_face *face, int32_t status,
                                   baton_value *out) {
  baton_value self = baton_py_value_of(face), error;
  baton_drop(out);
  error = baton_break_off(status, &self);
  face->marks |= BATON_PY_ENDED;
  baton_py_raise(face->state, &error);
  return PYGEN_ERROR;
}

static PySendResult settle_slowly(baton_py_face *face, baton_py_call *call,
                                  int32_t status, baton_value *out,
                                  PyObject **result) {
  switch (status) {
    case BATON_PENDING:
      baton_drop(out);
      return wait_for_wake(face, call, result);
    case BATON_ERROR:
      baton_py_raise(face->state, out);
      return PYGEN_ERROR;
    default:
      if (!baton_is_refusal(status)) return unknown_status(face, status, out);
      baton_value self = baton_py_value_of(face);
      baton_drop(out);
      baton_py_raise_refusal(face, status, &self);
      return PYGEN_ERROR;
  }
}

static inline PySendResult settle(baton_py_face *face, baton_py_call *call,
                                  int32_t status, baton_value *out,
                                  PyObject **result) {
  if (baton_unlikely(status != BATON_RETURN && status != BATON_YIELD))
    return settle_slowly(face, call, status, out, result);
  *result = baton_py_to_object(face->state, out);
  if (baton_unlikely(!*result)) return PYGEN_ERROR;
  return status == BATON_RETURN ? PYGEN_RETURN : PYGEN_NEXT;
}

/* ---- Calls of the handle ----------------------------------------------- */

static int refuse_ended(baton_py_face *face) {
  if (!(face->marks & BATON_PY_ENDED) &&
      (baton_py_is_hosted(face) || !baton_is_none(baton_py_handle(face))))
    return 0;
  PyErr_Format(PyExc_RuntimeError, "cannot reuse already awaited %s",
               Py_TYPE(face) == face->state->asend    ? "__anext__()/asend()"
               : Py_TYPE(face) == face->state->athrow ? "aclose()/athrow()"
                                                      : "coroutine");
  return 1;
}

static PySendResult send_value(baton_py_face *face, baton_value in,
                               PyObject **result) {
  baton_py_call call;
  baton_value self = baton_py_value_of(face), out = baton_none();
  PySendResult sent;
  int32_t status;
  baton_py_begin_call(&call, face, BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING);
  if (baton_likely(baton_py_is_hosted(face))) {
    do status = baton_link_send(&self, &call.cx, &in, &out);
    while (baton_py_again(face, status));
  } else if ((status = baton_py_take(face)) == BATON_OK) {
    status = self.head.type->as_coroutine->send(&self, &call.cx, &in, &out);
    baton_py_give_back(face);
  }
  baton_drop(&in);
  sent = settle(face, &call, status, &out, result);
  /* What suspends may be part of a cycle from now on. */
  if (sent == PYGEN_NEXT) baton_py_track(face);
  return sent;
}

static PySendResult throw_value(baton_py_face *face, baton_value error,
                                PyObject **result) {
  baton_py_call call;
  baton_value self = baton_py_value_of(face), out = baton_none();
  int32_t status;
  baton_py_begin_call(&call, face, BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING);
  if ((status = baton_py_take(face)) == BATON_OK) {
    do
      status =
          self.head.type->as_coroutine->throw_(&self, &call.cx, &error, &out);
    while (baton_py_again(face, status));
    baton_py_give_back(face);
  }
  baton_drop(&error);
  return settle(face, &call, status, &out, result);
}

static PyObject *close_value(baton_py_face *face) {
  baton_py_call call;
  baton_value self = baton_py_value_of(face), out = baton_none();
  PyObject *result = NULL;
  int32_t status;
  baton_py_begin_call(&call, face, 0);
  if ((status = baton_py_take(face)) == BATON_OK) {
    do
      status = self.head.type->as_coroutine
                   ? self.head.type->as_coroutine->close(&self, &call.cx, &out)
                   /* an async generator whose end nobody waits for */
                   : baton_link_close(&self, &call.cx, &out);
    while (baton_py_again(face, status));
    baton_py_give_back(face);
  }
  if (status == BATON_YIELD || status == BATON_PENDING) {
    baton_drop(&out);
    PyErr_Format(PyExc_RuntimeError, "%s ignored GeneratorExit", noun_of(face));
    return NULL;
  }
  if (settle(face, &call, status, &out, &result) != PYGEN_RETURN) {
    Py_XDECREF(result);
    return NULL;
  }
#if !BATON_PY_HAS(3, 13)
  Py_SETREF(result, Py_NewRef(Py_None));
#endif
  return result;
}

/* ---- Waiting in a loop ------------------------------------------------- */

static PySendResult parked_ended(baton_py_face *face, PyObject *value,
                                 PyObject **result);
static PySendResult parked_failed(baton_py_face *face, PyObject **result);

static PySendResult step_parked(baton_py_face *face, PyObject *arg,
                                PyObject **result) {
  PyObject *parked = Py_NewRef(face->extra->parked);
  int passes = Py_TYPE(parked) == face->state->pending;
  PySendResult sent = PyIter_Send(parked, arg, result);
  Py_DECREF(parked);
  if (sent == PYGEN_NEXT) return sent;
  /* What a loop's result is says no more than that it is there. */
  if (sent == PYGEN_RETURN && !passes) Py_SETREF(*result, Py_NewRef(Py_None));
  if (sent == PYGEN_RETURN) return parked_ended(face, *result, result);
  return parked_failed(face, result);
}

static void unpark(baton_py_face *face) {
  if (!face->extra) return;
  if (face->extra->waker) baton_py_waker_set(face->extra->waker, NULL, NULL);
  Py_CLEAR(face->extra->parked);
}

/* What it waited for is there. */
static PySendResult parked_ended(baton_py_face *face, PyObject *value,
                                 PyObject **result) {
  baton_value in = baton_none();
  if (value) in = baton_py_from_object(face->state, value);
  Py_XDECREF(value);
  *result = NULL;
  unpark(face);
  return send_value(face, in, result);
}

static PySendResult parked_failed(baton_py_face *face, PyObject **result) {
  baton_value error = baton_py_caught(face->state);
  unpark(face);
  *result = NULL;
  return throw_value(face, error, result);
}

static PySendResult wait_for_wake(baton_py_face *face, baton_py_call *call,
                                  PyObject **result) {
  PyObject *parked;
  int woken = baton_py_call_woken(call);
  if (!baton_py_extra_of(face)) return parked_failed(face, result);
  baton_py_track(face);
  parked = baton_py_park(face, woken);
  if (!parked) return parked_failed(face, result);
  Py_XSETREF(face->extra->parked, parked);
  return step_parked(face, Py_None, result);
}

static int is_parked(const baton_py_face *face) {
  return face->extra && face->extra->parked;
}

/* @return 0, or -1 with an exception; what has no `close` needs none. */
static int close_parked(baton_py_face *face, PyObject *parked) {
  PyObject *method = PyObject_GetAttr(parked, face->state->names.close);
  PyObject *result;
  if (!method) {
    if (!PyErr_ExceptionMatches(PyExc_AttributeError)) return -1;
    PyErr_Clear();
    return 0;
  }
  result = PyObject_CallNoArgs(method);
  Py_DECREF(method);
  Py_XDECREF(result);
  return result ? 0 : -1;
}

static PySendResult throw_parked(baton_py_face *face, PyObject *type,
                                 PyObject *value, PyObject *traceback,
                                 PyObject **result) {
  PyObject *exception, *method, *parked;
  exception = baton_py_normalize(type, value, traceback);
  if (!exception) return PYGEN_ERROR;
  parked = Py_NewRef(face->extra->parked);
  if (PyErr_GivenExceptionMatches(exception, PyExc_GeneratorExit)) {
    if (close_parked(face, parked) == 0)
      baton_py_set_raised(Py_NewRef(exception));
  } else {
    method = PyObject_GetAttr(parked, face->state->names.throw_);
    if (!method) {
      baton_py_set_raised(Py_NewRef(exception));
    } else {
      *result = PyObject_CallOneArg(method, exception);
      Py_DECREF(method);
    }
  }
  Py_DECREF(exception);
  Py_DECREF(parked);
  if (*result) return PYGEN_NEXT;
  if (!PyErr_ExceptionMatches(PyExc_StopIteration))
    return parked_failed(face, result);
  PyErr_Clear();
  return parked_ended(face, NULL, result);
}

/* ---- send -------------------------------------------------------------- */

/* The body of a hosted object has stopped, nothing being below it. The driver
 * proper goes on from whatever is not simple. */
PySendResult baton_py_settle_own(baton_py_face *face, baton_py_call *call,
                                 const baton_value *self, baton_value *in,
                                 baton_value *out, uint8_t state,
                                 int32_t status, PyObject **result) {
  baton_link *link = &face->link;
  PySendResult sent;
  *result = NULL;
  if (status == BATON_YIELD) {
    link->leaf = link;
    link->state = BATON_SUSPENDED;
    baton_py_track(face);
  } else if (status == BATON_RETURN) {
    link->leaf = NULL;
    link->state = BATON_CLOSED;
    self->head.type->as_link->ended(self);
  } else {
    status = baton_link_go_on(self, &call->cx, in, out, state, link, status);
    baton_drop(in);
    sent = settle(face, call, status, out, result);
    if (sent == PYGEN_NEXT) baton_py_track(face);
    return sent;
  }
  baton_drop(in);
  *result = baton_py_to_object(face->state, out);
  if (baton_unlikely(!*result)) return PYGEN_ERROR;
  return status == BATON_YIELD ? PYGEN_NEXT : PYGEN_RETURN;
}

/* What it awaits is a Python object, which gets None and gives what Python
 * gets: no value is made on the way. */
static PySendResult send_to_object(baton_py_face *face, uint8_t state,
                                   PyObject **result) {
  baton_py_call call;
  baton_value self = baton_py_value_of(face);
  baton_value in, out = baton_none(), held;
  baton_link *link = &face->link;
  PySendResult sent;
  int32_t status;
  link->state = BATON_RUNNING;
  sent = PyIter_Send((PyObject *)link->handle.payload.object, Py_None, result);
  if (baton_likely(sent == PYGEN_NEXT)) {
    link->state = BATON_SUSPENDED;
    return sent;
  }
  if (sent == PYGEN_RETURN) {
    in = baton_py_from_object(face->state, *result);
    Py_CLEAR(*result);
  } else {
    in = baton_py_caught(face->state);
  }
  held = baton_unhang(link);
  baton_drop(&held);
  baton_py_begin_call(&call, face, BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING);
  status = face->body->resume(
      &self, &call.cx, sent == PYGEN_RETURN ? BATON_OP_SEND : BATON_OP_THROW,
      &in, &out);
  return baton_py_settle_own(face, &call, &self, &in, &out, state, status,
                             result);
}

PySendResult baton_py_send(baton_py_face *face, PyObject *arg,
                           PyObject **result) {
  const baton_link *link = &face->link;
  uint8_t state = link->state;
  *result = NULL;
  if (baton_likely(face->body && arg == Py_None && !link->flags &&
                   (state == BATON_SUSPENDED || state == BATON_CREATED) &&
                   (!link->leaf || link->leaf == link) && !is_parked(face))) {
    if (baton_likely(baton_is_none(&link->handle)))
      return baton_py_send_to_body(face, result);
    if (link->handle.head.type == &face->state->object)
      return send_to_object(face, state, result);
  }
  if (baton_unlikely(is_parked(face))) return step_parked(face, arg, result);
  if (baton_unlikely(!baton_py_is_hosted(face)) && refuse_ended(face))
    return PYGEN_ERROR;
  return send_value(
      face,
      arg == Py_None ? baton_none() : baton_py_from_object(face->state, arg),
      result);
}

/* ---- throw ------------------------------------------------------------- */

/* Whether what the object delegates to, in the end, is a Python object, which
 * gets the arguments of throw as they were given. */
static int ends_in_python(baton_py_face *face) {
  baton_value self = baton_py_value_of(face);
  const baton_link *link;
  PyObject *object;
  if (!baton_is_object(&self) || !self.head.type->as_link) return 0;
  link = baton_link_of(&self);
  while (baton_is_link(&link->handle)) link = baton_link_of(&link->handle);
  return baton_py_is_object(face->state, &link->handle, &object);
}

static int refuse_before_arguments(baton_py_face *face) {
#if BATON_PY_HAS(3, 15)
  uint32_t state = baton_py_face_state(face);
  if (state == BATON_RUNNING) {
    baton_py_raise_refusal(face, BATON_BUSY, NULL);
    return 1;
  }
  if (state == BATON_CLOSED && face->link.kind == BATON_KIND_COROUTINE) {
    PyErr_SetString(PyExc_RuntimeError,
                    "cannot reuse already awaited coroutine");
    return 1;
  }
#else
  (void)face;
#endif
  return 0;
}

PySendResult baton_py_throw(baton_py_face *face, PyObject *type,
                            PyObject *value, PyObject *traceback,
                            PyObject **result) {
  baton_py_state *state = face->state;
  PyObject *exception;
  *result = NULL;
  if (baton_unlikely(is_parked(face)))
    return throw_parked(face, type, value, traceback, result);
  if (refuse_ended(face)) return PYGEN_ERROR;
  if (!value && !traceback && PyExceptionInstance_Check(type))
    return throw_value(face, baton_py_from_exception(state, Py_NewRef(type)),
                       result);
  if (baton_py_face_state(face) == BATON_SUSPENDED && ends_in_python(face)) {
    PyObject *arguments =
        PyTuple_Pack(traceback ? 3
                     : value   ? 2
                               : 1,
                     type, value ? value : Py_None, traceback);
    if (!arguments) return PYGEN_ERROR;
    return throw_value(face, baton_from_object(&state->arguments, arguments),
                       result);
  }
  if (refuse_before_arguments(face)) return PYGEN_ERROR;
  exception = baton_py_normalize(type, value, traceback);
  if (!exception) return PYGEN_ERROR;
  return throw_value(face, baton_py_from_exception(state, exception), result);
}

#if !BATON_PY_HAS(3, 12)
/* Up to 3.11 what is thrown into a generator that has not begun counts as
 * raised by it. */
static PySendResult convert_unbegun(baton_py_face *face, PySendResult sent) {
  PyObject *cause, *raised;
  if (sent != PYGEN_ERROR || !PyErr_ExceptionMatches(PyExc_StopIteration))
    return sent;
  cause = baton_py_raised();
  PyErr_Format(PyExc_RuntimeError, "%s raised StopIteration", noun_of(face));
  raised = baton_py_raised();
  PyException_SetContext(raised, Py_NewRef(cause));
  PyException_SetCause(raised, cause);
  baton_py_set_raised(raised);
  return sent;
}
#endif

PyObject *baton_py_throw_method(baton_py_face *face, PyObject *const *args,
                                Py_ssize_t count) {
  PyObject *result;
  PySendResult sent;
  if (count < 1 || count > 3) {
    PyErr_Format(PyExc_TypeError,
                 count < 1 ? "throw expected at least 1 argument, got %zd"
                           : "throw expected at most 3 arguments, got %zd",
                 count);
    return NULL;
  }
#if BATON_PY_HAS(3, 12)
  if (count > 1 &&
      PyErr_WarnEx(PyExc_DeprecationWarning,
                   "the (type, exc, tb) signature of throw() is deprecated, "
                   "use the single-arg signature instead.",
                   1) < 0)
    return NULL;
#endif
  face->driver = BATON_PY_DIRECT;
#if !BATON_PY_HAS(3, 12)
  int unbegun = face->link.kind != BATON_KIND_AWAITABLE &&
                baton_py_face_state(face) == BATON_CREATED;
#endif
  sent = baton_py_throw(face, args[0], count > 1 ? args[1] : NULL,
                        count > 2 ? args[2] : NULL, &result);
#if !BATON_PY_HAS(3, 12)
  if (unbegun) sent = convert_unbegun(face, sent);
#endif
  return baton_py_method_result(sent, result, BATON_PY_ITEM(face));
}

/* ---- close ------------------------------------------------------------- */

PyObject *baton_py_close(baton_py_face *face) {
  if (is_parked(face)) {
    PyObject *parked = Py_NewRef(face->extra->parked);
    unpark(face);
    if (close_parked(face, parked) < 0)
      baton_py_unraisable("closing generator", parked);
    Py_DECREF(parked);
  }
  if ((face->marks & BATON_PY_ENDED) ||
      (!baton_py_is_hosted(face) && baton_is_none(baton_py_handle(face))))
    Py_RETURN_NONE;
  return close_value(face);
}

/* ---- Results ----------------------------------------------------------- */

int baton_py_stop_has_context;

/* Made by its class: an instance as value would be raised itself. */
static void stop_with(PyObject *value) {
  PyObject *stop = PyObject_CallOneArg(PyExc_StopIteration, value);
  if (stop && baton_py_stop_has_context) {
    PyErr_SetObject(PyExc_StopIteration, stop);
    Py_DECREF(stop);
  } else if (stop) {
    baton_py_set_raised(stop);
  }
}

PyObject *baton_py_method_result(PySendResult status, PyObject *result,
                                 int item) {
  if (status == PYGEN_NEXT || status == PYGEN_ERROR)
    return status == PYGEN_NEXT ? result : NULL;
  if (result == Py_None && !item)
    PyErr_SetNone(PyExc_StopIteration);
  else
    stop_with(result);
  Py_DECREF(result);
  return NULL;
}

/* The interpreter takes the value out of the exception and drops it. */
static int is_clean(PyObject *stop) {
  PyStopIterationObject *is = (PyStopIterationObject *)(void *)stop;
  return Py_REFCNT(stop) == 1 && !is->dict && !is->traceback && !is->context &&
         !is->cause;
}

static void stop_again(baton_py_state *state, PyObject *value) {
  PyObject *stop = state->stop_iteration, *old;
  if (!stop || !is_clean(stop)) {
    PyObject *args = PyTuple_New(0);
    stop = args ? ((PyTypeObject *)PyExc_StopIteration)
                      ->tp_new((PyTypeObject *)PyExc_StopIteration, args, NULL)
                : NULL;
    Py_XDECREF(args);
    if (!stop) return;
    Py_XSETREF(state->stop_iteration, stop);
  }
  Py_INCREF(stop);
  old = ((PyStopIterationObject *)(void *)stop)->value;
  ((PyStopIterationObject *)(void *)stop)->value = Py_NewRef(value);
  Py_XDECREF(old);
  baton_py_set_raised(stop);
}

PyObject *baton_py_next_result(baton_py_state *state, PySendResult status,
                               PyObject *result, int reuse) {
  if (status == PYGEN_NEXT || status == PYGEN_ERROR)
    return status == PYGEN_NEXT ? result : NULL;
  if (result != Py_None || reuse == BATON_PY_GIVES_ITEM) {
    if (reuse == 1 && !BATON_PY_FREE_THREADED)
      stop_again(state, result);
    else
      stop_with(result);
  }
  Py_DECREF(result);
  return NULL;
}
