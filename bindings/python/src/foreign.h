/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_FOREIGN_H
#define BATON_PY_FOREIGN_H

#include "face.h"

/** The iterator of `await value`, for what is no link of Python's. Null with an
 * exception if it cannot be awaited. */
PyObject *baton_py_await_foreign(baton_py_state *state,
                                 const baton_value *value);

/** What stands in for an awaitable becomes that awaitable. */
void baton_py_look_through(baton_value *handle);

#endif
