/* SPDX-License-Identifier: MIT */
#include "origin.h"

static _Thread_local baton_py_throwing thrown; /* owns the exception */

/* @return owned, or null. */
static PyObject *found_in(PyObject *dict, PyObject *key) {
#if BATON_PY_FREE_THREADED
  PyObject *found = NULL;
  PyDict_GetItemRef(dict, key, &found);
  return found;
#else
  return Py_XNewRef(PyDict_GetItemWithError(dict, key));
#endif
}

/* Owned; null if the exception is Python's own. */
static baton_py_opaque *origin_of(const baton_py_state *state,
                                  PyObject *exception) {
  PyObject *dict = PyObject_GenericGetDict(exception, NULL), *held = NULL;
  if (dict) held = found_in(dict, state->names.baton_error);
  Py_XDECREF(dict);
  if (held && Py_TYPE(held) != state->opaque) Py_CLEAR(held);
  return (baton_py_opaque *)(void *)held;
}

static int is_of(const baton_py_opaque *origin, const baton_value *error) {
  return origin && origin->value.head.type == error->head.type &&
         origin->value.payload.object == error->payload.object;
}

/* ---- Frames ------------------------------------------------------------ */

static uint64_t depth_of(PyObject *exception) {
  PyObject *first = PyException_GetTraceback(exception);
  uint64_t depth = 0;
  for (const PyTracebackObject *at = (PyTracebackObject *)(void *)first; at;
       at = at->tb_next)
    depth++;
  Py_XDECREF(first);
  return depth;
}

/* The exception gets the frames that the error has got since; the innermost
 * comes first. */
static void take_frames(baton_py_opaque *origin, PyObject *exception) {
  baton_frame frames[2 * BATON_FRAMES_KEPT];
  uint32_t kept = 0;
  uint64_t elided = 0;
  const baton_error_methods *methods = origin->value.head.type->as_error;
  if (!methods->frames ||
      methods->frames(&origin->value, frames, 2 * BATON_FRAMES_KEPT, &kept,
                      &elided) != BATON_OK)
    return;
  if (kept > 2 * BATON_FRAMES_KEPT) kept = 2 * BATON_FRAMES_KEPT;
  BATON_PY_LOCK(origin);
  for (uint64_t i = 0; i < kept; i++)
    if ((i < BATON_FRAMES_KEPT ? i : i + elided) >= origin->frames)
      baton_py_add_entry(origin->state, exception, &frames[i]);
  origin->frames = kept + elided;
  origin->entries = depth_of(exception);
  BATON_PY_UNLOCK;
}

/* Adds the first entries of a traceback; the innermost of them is the last. */
static void add_entries(baton_py_opaque *origin,
                        const PyTracebackObject *traceback, uint64_t count) {
  const baton_error_methods *methods = origin->value.head.type->as_error;
  const PyTracebackObject **entries =
      PyMem_Malloc((size_t)count * sizeof *entries);
  baton_frame frame;
  if (!entries) return;
  for (uint64_t i = 0; i < count; i++, traceback = traceback->tb_next)
    entries[i] = traceback;
  while (count-- > 0) {
    baton_py_entry_frame(entries[count], &frame);
    if (methods->add_frame(&origin->value, &frame) != BATON_OK) break;
    origin->frames++;
  }
  PyMem_Free(entries);
}

/* The error gets the traceback that the exception has got since. */
static void give_frames(baton_py_opaque *origin, PyObject *exception) {
  PyObject *first = PyException_GetTraceback(exception);
  uint64_t depth = depth_of(exception);
  BATON_PY_LOCK(origin);
  if (depth > origin->entries && origin->value.head.type->as_error->add_frame)
    add_entries(origin, (PyTracebackObject *)(void *)first,
                depth - origin->entries);
  origin->entries = depth;
  BATON_PY_UNLOCK;
  Py_XDECREF(first);
}

/* ---- One exception of an error ----------------------------------------- */

PyObject *baton_py_known(baton_py_state *state, const baton_value *error) {
  PyObject *key, *reference = NULL, *known = NULL;
  baton_py_opaque *origin = NULL;
  if (thrown.exception && thrown.state == state) {
    origin = origin_of(state, thrown.exception);
    if (is_of(origin, error)) known = Py_NewRef(thrown.exception);
    Py_CLEAR(origin);
  }
  if (!known && state->errors) {
    key = PyLong_FromVoidPtr(error->payload.object);
    if (key) reference = found_in(state->errors, key);
    if (reference) known = PyObject_CallNoArgs(reference);
    Py_XDECREF(key);
    Py_XDECREF(reference);
  }
  if (known && known != Py_None) origin = origin_of(state, known);
  if (is_of(origin, error))
    take_frames(origin, known);
  else
    Py_CLEAR(known);
  Py_XDECREF((PyObject *)origin);
  PyErr_Clear();
  return known;
}

void baton_py_set_origin(baton_py_state *state, PyObject *exception,
                         const baton_value *error) {
  PyObject *key, *reference = NULL, *held;
  baton_value copy;
  if (baton_copy(error, &copy) != BATON_OK) return;
  held = baton_py_new_opaque(state, &copy, 1);
  key = PyLong_FromVoidPtr(error->payload.object);
  if (key && PyType_SUPPORTS_WEAKREFS(Py_TYPE(exception)))
    reference = PyWeakref_NewRef(exception, NULL);
  if (held && key && state->errors &&
      (!reference || PyDict_SetItem(state->errors, key, reference) == 0) &&
      PyObject_SetAttr(exception, state->names.baton_error, held) == 0)
    take_frames((baton_py_opaque *)(void *)held, exception);
  Py_XDECREF(key);
  Py_XDECREF(reference);
  Py_XDECREF(held);
  PyErr_Clear();
}

void baton_py_forget_origin(baton_py_opaque *origin) {
  PyObject *before = baton_py_raised();
  PyObject *key = PyLong_FromVoidPtr(origin->value.payload.object);
  if (key && origin->state->errors) PyDict_DelItem(origin->state->errors, key);
  PyErr_Clear();
  Py_XDECREF(key);
  baton_py_set_raised(before);
}

/* ---- Leaving Python ---------------------------------------------------- */

static int as_error(baton_py_state *state, PyObject *exception,
                    baton_value *out) {
  PyObject *before = baton_py_raised();
  baton_py_opaque *origin = origin_of(state, exception);
  int status = origin ? baton_copy(&origin->value, out) : BATON_UNSUPPORTED;
  if (status == BATON_OK) give_frames(origin, exception);
  Py_XDECREF((PyObject *)origin);
  PyErr_Clear();
  baton_py_set_raised(before);
  return status == BATON_OK;
}

/* As long as Python code runs further up on this thread, which may ask whether
 * it is the same exception, it leaves as itself. */
int baton_py_leaves_as_error(baton_py_state *state, PyObject *exception,
                             baton_value *out) {
  return !PyEval_GetFrame() && as_error(state, exception, out);
}

baton_value baton_py_from_exception(baton_py_state *state,
                                    PyObject *exception) {
  baton_value error;
  if (!(exception == thrown.exception || !PyEval_GetFrame()) ||
      !as_error(state, exception, &error))
    return baton_from_object(&state->exception, exception);
  Py_DECREF(exception);
  return error;
}

baton_py_throwing baton_py_begin_throw(baton_py_state *state,
                                       PyObject *exception) {
  baton_py_throwing before = thrown;
  int is_new = exception && Py_REFCNT(exception) == 1;
  thrown.state = state;
  thrown.exception = is_new ? Py_NewRef(exception) : NULL;
  return before;
}

void baton_py_end_throw(baton_py_throwing before) {
  PyObject *exception = thrown.exception;
  thrown = before;
  Py_XDECREF(exception);
}
