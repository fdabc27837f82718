/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_FOREIGN_H
#define BATON_PY_FOREIGN_H

#include "face.h"

/** The iterator of `await value`, for what is no link of Python's. Null with an
 * exception if it cannot be awaited. */
PyObject *baton_py_await_foreign(baton_py_state *state,
                                 const baton_value *value);

/** What a face shows that only stands in for an awaitable becomes that. */
void baton_py_look_through(baton_py_face *face, baton_value *handle);

#endif
