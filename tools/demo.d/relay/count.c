/* SPDX-License-Identifier: MIT */
#include "count.h"

#include <baton/author.h>

#include "tally.h"

typedef struct count_frame {
  baton_place at;
  baton_value pieces, left, counts, end;
  const baton_python *py;
  PyObject *source, *tell; /* what `pieces` and `left` keep */
  tally_state *states; /* of each file: a word may go on in the next piece */
  Py_ssize_t files;
} count_frame;

/* Counts what came of a file: a piece of it, or its end. @return 0 with an
 * exception. */
static int count_what(count_frame *f, Py_ssize_t file, PyObject *what,
                      tally *sum) {
  if (file < 0 || file >= f->files)
    return PyErr_SetString(PyExc_IndexError, "no such file"), 0;
  if (PyBytes_Check(what)) {
    baton_bytes_view piece = {(const uint8_t *)PyBytes_AS_STRING(what),
                              (uint64_t)PyBytes_GET_SIZE(what)};
    tally_chunk(&f->states[file], piece, sum);
  } else {
    tally_end(&f->states[file], sum);
  }
  return 1;
}

/* Sets `counts`, if there are any, and `end`, which is the item at the end of a
 * file. @return 0 with an exception. */
static int count_item(count_frame *f, PyObject *item) {
  tally sum = {0, 0, 0};
  Py_ssize_t file;
  PyObject *what, *counts;
  if (!PyArg_ParseTuple(item, "nO:count", &file, &what) ||
      !count_what(f, file, what, &sum))
    return 0;
  if (!PyBytes_Check(what)) f->end = f->py->from_object(f->py, item);
  if (sum.words + sum.bytes == 0) return 1;
  counts = Py_BuildValue("nKKK", file, (unsigned long long)sum.lines,
                         (unsigned long long)sum.words,
                         (unsigned long long)sum.bytes);
  if (!counts) return 0;
  f->counts = f->py->from_object(f->py, counts);
  Py_DECREF(counts);
  return 1;
}

/* The same of what came as a value, taken. */
static int count_value(count_frame *f, baton_value *in) {
  PyObject *item = f->py->to_object(f->py, in);
  int ok = item && count_item(f, item);
  Py_XDECREF(item);
  return ok;
}

/* What ends the pieces before their end, as an awaitable. */
static baton_value close_pieces(const count_frame *f) {
  PyObject *closing = PyObject_CallMethod(f->source, "aclose", NULL);
  baton_value made;
  if (!closing) return f->py->caught(f->py);
  made = f->py->from_object(f->py, closing);
  Py_DECREF(closing);
  return made;
}

static void tell_left(const count_frame *f) {
  PyObject *result = PyObject_CallFunction(f->tell, "ss", "c", "count");
  if (!result) PyErr_WriteUnraisable(f->tell);
  Py_XDECREF(result);
}

BATON_RESUME(count_resume) {
  baton_begin(count_frame, f);
  baton_async_for(&f->pieces) {
    if (!count_value(f, in)) baton_raise(f->py->caught(f->py));
    if (!baton_is_none(&f->counts)) baton_item(baton_take(&f->counts));
    if (!baton_is_none(&f->end)) baton_item(baton_take(&f->end));
  }
  baton_cleanup;
  baton_try_await(close_pieces(f));
  tell_left(f);
  if (op == BATON_OP_THROW) baton_raise(baton_take(in));
  baton_end;
}

static void BATON_CALL count_drop(void *frame) {
  PyMem_Free(((count_frame *)frame)->states);
}

BATON_BODY(count, count_resume, count_frame, pieces, 4,
           BATON_KIND_ASYNC_GENERATOR, 0, count_drop);

PyObject *count_new(const baton_python *py, PyObject *pieces, Py_ssize_t files,
                    PyObject *left) {
  PyObject *arguments[] = {pieces, left};
  PyObject *made = py->make(py, &count, arguments, 2);
  if (!made) return NULL;
  count_frame *f = py->frame(made);
  f->py = py;
  f->source = pieces;
  f->tell = left;
  f->files = files;
  f->states = PyMem_Calloc((size_t)files, sizeof *f->states);
  if (!f->states) {
    Py_DECREF(made);
    return PyErr_NoMemory();
  }
  return made;
}
