/* SPDX-License-Identifier: MIT */
/*
 * Yielding: what asyncio.sleep(0) does.
 */
#include "module.h"

typedef struct turns_frame {
  baton_place at;
  long left;
} turns_frame;

/* [body] */
BATON_RESUME(turns_resume) {
  baton_begin(turns_frame, f);
  for (; f->left > 0; f->left--)
    baton_yield(baton_none()); /* the loop runs others, then resumes this */
  baton_cleanup;
  baton_end;
}
BATON_CORO(turns, turns_resume, turns_frame, at, 0);
/* [/body] */

static PyObject *make_turns(PyObject *module, PyObject *argument) {
  const baton_python *py = table_of(module);
  long left = PyLong_AsLong(argument);
  if (left == -1 && PyErr_Occurred()) return NULL;
  PyObject *made = py->make(py, &turns, NULL, 0);
  if (made) ((turns_frame *)py->frame(made))->left = left;
  return made;
}

static PyMethodDef functions[] = {{"turns", make_turns, METH_O, NULL},
                                  {NULL, NULL, 0, NULL}};
EXAMPLE_MODULE(turns, functions)
