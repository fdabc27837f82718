/* SPDX-License-Identifier: MIT */
#include <baton/author.h>

#include "coro.h"
#include "foreign.h"
#include "guard.h"

/* A value of which am_await is all that Python can use: a coroutine stands in
 * for it, which awaits it once. */

typedef struct standing {
  baton_place at;
  baton_value awaited;
} standing;

BATON_RESUME(await_resume) {
  baton_begin(standing, f);
  baton_await(baton_take(&f->awaited));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BATON_CORO(await_foreign, await_resume, standing, awaited, 1);

void baton_py_look_through(baton_py_face *face, baton_value *handle) {
  baton_value awaited = baton_none();
  if (baton_coro_body(handle) != &await_foreign ||
      baton_py_look(face, &awaited) != BATON_OK || baton_is_none(&awaited))
    return;
  baton_drop(handle);
  *handle = awaited;
}

PyObject *baton_py_await_foreign(baton_py_state *state,
                                 const baton_value *value) {
  const baton_async_methods *methods =
      baton_is_object(value) ? value->head.type->as_async : NULL;
  baton_value made, copy;
  PyObject *shown, *iterator;
  if (!methods || !methods->am_await) {
    PyErr_Format(PyExc_TypeError,
                 "object %.100s can't be used in 'await' "
                 "expression",
                 baton_type_name(value));
    return NULL;
  }
  if (baton_copy(value, &copy) != BATON_OK) {
    PyErr_Format(PyExc_RuntimeError, "'%.100s' belongs to another thread",
                 baton_type_name(value));
    return NULL;
  }
  if (baton_coro_new(&await_foreign, &made) != BATON_OK) {
    baton_drop(&copy);
    return PyErr_NoMemory();
  }
  ((standing *)baton_coro_frame(&made))->awaited = copy;
  shown = baton_py_show(state, made);
  iterator = shown ? Py_TYPE(shown)->tp_as_async->am_await(shown) : NULL;
  Py_XDECREF(shown);
  return iterator;
}
