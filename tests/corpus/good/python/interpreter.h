/* SPDX-License-Identifier: MIT */
#ifndef GOOD_INTERPRETER_H
#define GOOD_INTERPRETER_H

#include <baton/python.h>

/** @file
 * The interpreter inside, and the module with the bodies.
 */

typedef struct interpreter {
  const baton_python *py; /**< null: it did not start, which was printed */
  PyObject *exports;      /**< the module's functions by the names of exports */
} interpreter;

/** The interpreter, started at the first call. No thread has its lock when
 * this returns: `py->enter` gets it. */
const interpreter *interpreter_get(void);

/** Makes the module good_host, which the bodies import. @return a new
 * reference, or null with an exception. */
PyObject *host_module(const baton_python *py);

#endif
