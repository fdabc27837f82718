/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_WAIT_H
#define BATON_PY_WAIT_H

#include "face.h"

/** @file
 * Native drivers, which are no loops of Python's, and what they wait for.
 */

/** More than 0: the outermost driver of what this thread runs is native, and
 * can wait for what has wait/1. */
extern _Thread_local int baton_py_native;

/** The loop of asyncio that ran where it began, or trio's task, owned, or null:
 * that does not go on until the driver returns. */
extern _Thread_local PyObject *baton_py_native_loop;

/** Lets this thread call the interpreter, for a body that is driven with `cx`,
 * or for who is not driven: null. What it calls counts as driven natively if
 * the driver is native. @return 0, or -1 if it cannot any more; otherwise
 * `call` is for baton_py_end_call_in. */
typedef struct baton_py_call_in {
  baton_py_guard guard;
  int native;
  PyObject *loop; /* baton_py_native_loop before */
} baton_py_call_in;
int baton_py_begin_call_in(baton_py_call_in *call, baton_py_state *state,
                           const baton_context *cx);
void baton_py_end_call_in(baton_py_call_in *call);
PyObject *baton_py_running_loop(baton_py_state *state);

/** What an iterator has yielded, taken, as a value for who drives with `cx`. */
baton_value baton_py_yielded(baton_py_state *state, const baton_context *cx,
                             PyObject *object);

/** wait/1 of Python objects, and whether an object has it. */
int baton_py_can_wait(baton_py_state *state, PyObject *object);
int32_t BATON_CALL baton_py_token_query(const baton_value *self, const char *id,
                                        const void **out);

/** An iterator that yields itself once, and has wait/1: woken by the waker. */
PyObject *baton_py_new_pending(baton_py_state *state, baton_py_waker *waker,
                               int woken);

/** Calls a function of loop.c's source. */
PyObject *baton_py_call_loop_function(baton_py_state *state, const char *name,
                                      PyObject *first, PyObject *second);

#endif
