/* SPDX-License-Identifier: MIT */
/*
 * Awaiting a Python object: whatever `await` takes, in any language.
 */
#include "module.h"

/* [body] */
typedef struct either_frame {
  baton_place at;
  baton_value first, second; /* awaitables */
} either_frame;

/* async def either(first, second): return await first or await second */
BATON_RESUME(either_resume) {
  baton_begin(either_frame, f);
  baton_await(baton_take(&f->first)); /* its result is in *in */
  if (!baton_is_none(in)) baton_return(baton_take(in));
  baton_await(baton_take(&f->second));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BATON_CORO(either, either_resume, either_frame, first, 2);
/* [/body] */

static PyObject *make_either(PyObject *module, PyObject *const *arguments,
                             Py_ssize_t count) {
  const baton_python *py = table_of(module);
  if (count == 2) return py->make(py, &either, arguments, count);
  PyErr_SetString(PyExc_TypeError, "either takes two awaitables");
  return NULL;
}

static PyMethodDef functions[] = {
    {"either", (PyCFunction)(void (*)(void))make_either, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL}};
EXAMPLE_MODULE(awaits, functions)
