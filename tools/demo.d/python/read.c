/* SPDX-License-Identifier: MIT */
#include "run.h"

#include <string.h>

#include "pipeline.h"

/* The stage `read`, with Python below it: an async generator that hands on
 * what an `async def` of Python yields. */

typedef struct read_frame {
  baton_place at;
  baton_value source, chunk;
  python_run *run;
} read_frame;

/* A Python bytes object as a value that the next stage can look into. */
static int32_t view_bytes(const baton_python *py, baton_value *in,
                          baton_value *out) {
  baton_bytes_view view;
  if (baton_bytes_of(in, &view) == BATON_OK) {
    *out = baton_take(in);
    return BATON_OK;
  }
  char *data;
  Py_ssize_t size;
  int32_t status = BATON_NO_MEMORY;
  PyObject *object = py->to_object(py, in);
  if (object && PyBytes_AsStringAndSize(object, &data, &size) == 0)
    status = baton_bytes_new(data, (uint64_t)size, out);
  Py_XDECREF(object);
  return status;
}

/* An OSError of Python as the stages know it: with the platform's number. */
static void become_os_error(const baton_python *py, baton_value *error) {
  PyObject *type, *value, *traceback;
  py->raise(py, error);
  if (PyErr_ExceptionMatches(PyExc_OSError)) {
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    PyObject *number = PyObject_GetAttrString(value, "errno");
    long found = number ? PyLong_AsLong(number) : -1;
    Py_XDECREF(number);
    if (found > 0) {
      baton_value payload = baton_from_i64(found);
      *error = baton_error_new(BATON_ERROR_OS, "%s", strerror((int)found));
      baton_error_set_payload(error, &payload);
      Py_XDECREF(type);
      Py_XDECREF(value);
      Py_XDECREF(traceback);
      return;
    }
    PyErr_Clear();
    PyErr_Restore(type, value, traceback);
  }
  *error = py->caught(py);
}

BATON_RESUME(read_resume) {
  baton_begin(read_frame, f);
  f->run->steps++;
  baton_async_for(&f->source) {
    int32_t status = view_bytes(f->run->py, in, &f->chunk);
    if (PyErr_Occurred()) baton_raise(f->run->py->caught(f->run->py));
    if (status != BATON_OK) baton_raise(pipeline_error(status));
    baton_item(baton_take(&f->chunk));
    f->run->steps++;
  }
  baton_cleanup;
  baton_value *error = baton_ending_error();
  if (error && baton_error_kind(error) == BATON_ERROR_CANCELLED)
    f->run->shared.cancelled++;
  else if (error)
    become_os_error(f->run->py, error);
  baton_end;
}

BATON_ASYNC_GENERATOR(read_python, read_resume, read_frame, source, 2);

int32_t read_new(board *shared, const char *name, baton_value *out) {
  python_run *run = python_run_of(shared);
  PyObject *chunks = PyObject_CallFunction(run->source, "y", name);
  int32_t status = chunks ? baton_coro_new(&read_python, out) : BATON_NO_MEMORY;
  if (status == BATON_OK) {
    read_frame *f = baton_coro_frame(out);
    f->source = run->py->from_object(run->py, chunks);
    f->run = run;
  }
  if (!chunks) PyErr_Clear();
  Py_XDECREF(chunks);
  return status;
}
