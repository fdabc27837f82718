/* SPDX-License-Identifier: MIT */
#include "origin.h"

_Thread_local PyObject *baton_py_thrown;

/* Borrowed; null if the exception is Python's own. */
static baton_py_opaque *origin_of(const baton_py_state *state,
                                  PyObject *exception) {
  PyObject *dict = ((PyBaseExceptionObject *)(void *)exception)->dict, *held;
  if (!dict) return NULL;
  held = PyDict_GetItemWithError(dict, state->names.baton_error);
  if (!held || Py_TYPE(held) != state->opaque) return NULL;
  return (baton_py_opaque *)(void *)held;
}

static int is_of(const baton_py_opaque *origin, const baton_value *error) {
  return origin && origin->value.head.type == error->head.type &&
         origin->value.payload.object == error->payload.object;
}

int baton_py_is_made_of(const baton_py_state *state, PyObject *exception,
                        const baton_value *error) {
  return is_of(origin_of(state, exception), error);
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
  uint64_t elided = 0, fresh;
  const baton_error_methods *methods = origin->value.head.type->as_error;
  if (!methods->frames ||
      methods->frames(&origin->value, frames, 2 * BATON_FRAMES_KEPT, &kept,
                      &elided) != BATON_OK)
    return;
  if (kept > 2 * BATON_FRAMES_KEPT) kept = 2 * BATON_FRAMES_KEPT;
  fresh = kept + elided - origin->frames;
  if (fresh > kept) fresh = kept;
  for (uint64_t i = kept - fresh; i < kept; i++)
    baton_py_add_entry(origin->state, exception, &frames[i]);
  origin->frames = kept + elided;
  origin->entries = depth_of(exception);
}

/* The innermost of those that the error has not got is deepest in the
 * traceback. */
static void give_entries(const baton_value *error,
                         const PyTracebackObject *entry, uint64_t count) {
  const baton_error_methods *methods = error->head.type->as_error;
  baton_frame frame;
  if (count == 0) return;
  give_entries(error, entry->tb_next, count - 1);
  baton_py_entry_frame(entry, &frame);
  methods->add_frame(error, &frame);
}

/* The error gets the traceback that the exception has got since. What lies
 * between the frames that an error keeps would be dropped. */
static void give_frames(baton_py_opaque *origin, PyObject *exception) {
  PyObject *first = PyException_GetTraceback(exception);
  uint64_t depth = depth_of(exception), fresh = 0;
  if (depth > origin->entries) fresh = depth - origin->entries;
  if (fresh > 2 * BATON_FRAMES_KEPT) fresh = 2 * BATON_FRAMES_KEPT;
  if (origin->value.head.type->as_error->add_frame) {
    give_entries(&origin->value, (PyTracebackObject *)(void *)first, fresh);
    origin->frames += fresh;
  }
  origin->entries = depth;
  Py_XDECREF(first);
}

/* ---- One exception of an error ----------------------------------------- */

PyObject *baton_py_known(baton_py_state *state, const baton_value *error) {
  PyObject *key, *reference, *known = NULL;
  baton_py_opaque *origin = NULL;
  if (baton_py_thrown && baton_py_is_made_of(state, baton_py_thrown, error)) {
    known = Py_NewRef(baton_py_thrown);
  } else if (state->errors) {
    key = PyLong_FromVoidPtr(error->payload.object);
    reference = key ? PyDict_GetItemWithError(state->errors, key) : NULL;
    if (reference) known = PyObject_CallNoArgs(reference);
    Py_XDECREF(key);
  }
  if (known && known != Py_None) origin = origin_of(state, known);
  if (is_of(origin, error))
    take_frames(origin, known);
  else
    Py_CLEAR(known);
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

/* As long as Python code runs further up on this thread, which may ask whether
 * it is the same exception, it leaves as itself; but what is on its way through
 * a Python object comes back as the same exception. */
int baton_py_leaves_as_error(baton_py_state *state, PyObject *exception,
                             baton_value *out) {
  baton_py_opaque *origin;
  if (exception != baton_py_thrown && PyEval_GetFrame()) return 0;
  origin = origin_of(state, exception);
  if (!origin || baton_copy(&origin->value, out) != BATON_OK) return 0;
  give_frames(origin, exception);
  return 1;
}

baton_value baton_py_from_exception(baton_py_state *state,
                                    PyObject *exception) {
  baton_value error;
  if (!baton_py_leaves_as_error(state, exception, &error))
    return baton_from_object(&state->exception, exception);
  Py_DECREF(exception);
  return error;
}
