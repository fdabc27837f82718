/* SPDX-License-Identifier: MIT */
#ifndef DEMO_PYTHON_RUN_H
#define DEMO_PYTHON_RUN_H

#include "baton_python.h"

#include "board.h"
#include "moment.h"

/** @file
 * One run of the demo in Python: the board of the stages, and what is beside
 * it. It outlives the lanes, as in the demo in C.
 */

typedef struct python_run {
  PyObject_HEAD board shared;
  moment chain;
  const baton_python *py;
  PyObject *names;  /**< a tuple of bytes */
  PyObject *source; /**< of a name makes an async iterator of bytes */
  uint64_t steps;   /**< how often the source was asked or woken */
} python_run;

/** The run that a board belongs to. */
static inline python_run *python_run_of(board *shared) {
  return (python_run *)(void *)((char *)shared - offsetof(python_run, shared));
}

#endif
