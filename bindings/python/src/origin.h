/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_ORIGIN_H
#define BATON_PY_ORIGIN_H

#include "face.h"

/** @file
 * What an exception was made of: a foreign error, which it has as its
 * `__baton_error__`, and as which it leaves Python.
 */

/** A Python object that holds a value. */
typedef struct baton_py_opaque {
  PyObject_HEAD baton_py_state *state;
  baton_value value;

  /* Of an origin. What both have is the same frames: the rest is handed over
   * when the one becomes the other. */
  int of_error;
  uint64_t frames;  /* of the error, as of then */
  uint64_t entries; /* of the exception's traceback, as of then */
} baton_py_opaque;

/** The exception that was made of an error, as long as that lives, if its class
 * has weak references or it is being thrown: Python gives no other way to know.
 * Null, without an exception, if there is none. */
PyObject *baton_py_known(baton_py_state *state, const baton_value *error);

/** Makes an error the origin of a new exception, which gets its frames. */
void baton_py_set_origin(baton_py_state *state, PyObject *exception,
                         const baton_value *error);

/** The exception of an origin is gone. */
void baton_py_forget_origin(baton_py_opaque *origin);

/** As baton_py_from_exception, of an exception that is a value and is kept.
 * @return whether it leaves as an error, which is `*out`. */
int baton_py_leaves_as_error(baton_py_state *state, PyObject *exception,
                             baton_value *out);

/** What this thread throws into a Python object, if nobody in Python has it
 * yet: on its way through to a native one it is still the error. */
typedef struct baton_py_throwing {
  baton_py_state *state;
  PyObject *exception;
} baton_py_throwing;

/** @return what was thrown before, for baton_py_end_throw */
baton_py_throwing baton_py_begin_throw(baton_py_state *state,
                                       PyObject *exception);
void baton_py_end_throw(baton_py_throwing before);

#endif
