/* SPDX-License-Identifier: MIT */
#ifndef BATON_CYTHON_RESULT_H
#define BATON_CYTHON_RESULT_H

#include "state.h"

/** @file
 * Driving from Cython: a context to call with, and what a call came to.
 */

/** A context for one driver. @param accepts BATON_ACCEPT_* bits. @param waker
 * borrowed; not null if PENDING is accepted. */
static inline baton_context baton_context_of(uint32_t accepts,
                                             const baton_waker *waker) {
  baton_context cx;
  memset(&cx, 0, sizeof cx);
  cx.struct_size = sizeof cx;
  cx.abi_major = BATON_ABI_MAJOR;
  cx.abi_minor = BATON_ABI_MINOR;
  cx.accepts = accepts;
  cx.waker = waker;
  return cx;
}

/**
 * The Python object of what a slot gave, taken: of RETURN and YIELD. @return
 * null with the exception that ERROR carries, or that a refusal by `culprit`
 * is; with SystemError for PENDING and what is unknown.
 */
static inline PyObject *baton_result_of(int32_t status,
                                        const baton_value *culprit,
                                        baton_value *out) {
  const baton_python *py = baton_table();
  if (py && (status == BATON_RETURN || status == BATON_YIELD))
    return py->to_object(py, out);
  if (py && status == BATON_ERROR)
    py->raise(py, out);
  else if (py && baton_is_refusal(status))
    py->raise_refusal(py, status, culprit);
  else if (py)
    PyErr_Format(PyExc_SystemError, "'%s' gave status %d",
                 baton_type_name(culprit), (int)status);
  baton_drop(out);
  return NULL;
}

#endif
