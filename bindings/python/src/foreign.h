/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_FOREIGN_H
#define BATON_PY_FOREIGN_H

#include "face.h"

/** The iterator of `await value`, for an object that cannot itself be driven.
 * Null with an exception if it cannot be awaited. */
PyObject *baton_py_await_foreign(baton_py_state *state,
                                 const baton_value *value);

#endif
