/* SPDX-License-Identifier: MIT */
/*
 * Cleanup that runs on every way out, and awaits.
 */
#include "module.h"

/* [body] */
typedef struct scope_frame {
  baton_place at;
  baton_value work, commit, roll_back; /* awaitables */
} scope_frame;

/* try: result = await work
 * except BaseException: await roll_back; raise
 * else: await commit; return result */
BATON_RESUME(scope_resume) {
  baton_begin(scope_frame, f);
  baton_await(baton_take(&f->work));
  baton_return(baton_take(in));
  baton_cleanup; /* on return, an error, Task.cancel() and close() alike */
  if (baton_ending_error())
    baton_await(baton_take(&f->roll_back));
  else
    baton_await(baton_take(&f->commit));
  baton_end; /* goes on with the result or error */
}
BATON_CORO(scope, scope_resume, scope_frame, work, 3);
/* [/body] */

static PyObject *make_scope(PyObject *module, PyObject *const *arguments,
                            Py_ssize_t count) {
  const baton_python *py = table_of(module);
  if (count == 3) return py->make(py, &scope, arguments, count);
  PyErr_SetString(PyExc_TypeError, "scope takes three awaitables");
  return NULL;
}

static PyMethodDef functions[] = {
    {"scope", (PyCFunction)(void (*)(void))make_scope, METH_FASTCALL, NULL},
    {NULL, NULL, 0, NULL}};
EXAMPLE_MODULE(cleanup, functions)
