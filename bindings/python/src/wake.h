/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_WAKE_H
#define BATON_PY_WAKE_H

#include "face.h"

/** @file
 * How a wake, on any thread, gets to the loop that waits for it. It takes no
 * lock of Python's: it leaves an errand where a thread that has the lock will
 * find it, at the door of the loop, or else with the bell.
 */

typedef struct baton_py_errand baton_py_errand;
struct baton_py_errand {
  baton_py_errand *next; /* the one that came before */
  PyObject *object;      /* to be released, or null */
  baton_py_waker *waker; /* to be woken, or null */
};

struct baton_py_waker {
  baton_waker base;
  uint32_t count;
  uint32_t woken;
  baton_py_state *state;
  /* Under the lock: */
  pid_t queued;              /* the process in which its errand is on the way */
  PyObject *wake;            /* what wakes its loop; null while nobody waits */
  PyObject *door;            /* of that loop, or null: the bell does it */
  const baton_waker *native; /* the same of a native driver */
  baton_py_errand errand;
};

/** The lock of an interpreter's wakers: held for a few instructions, by nobody
 * who waits. @return the process, whose child has a lock of its own. */
pid_t baton_py_lock_wakers(baton_py_state *state);
void baton_py_unlock_wakers(baton_py_state *state);

/** Does what is to be done, with the interpreter's lock, the first that came
 * first. */
void baton_py_run_errands(baton_py_state *state, baton_py_errand *last);

/** Under the lock: leaves an errand with the bell, or at a door. */
void baton_py_ring_bell(baton_py_bell *bell, baton_py_errand *one);
void baton_py_ring_door(PyObject *door, baton_py_errand *one);

/** Under the lock: takes an errand back. @return whether it was still there. */
int baton_py_forget_errand(PyObject *door, baton_py_errand *one);

/** Makes a door: has a `fileno`, and is to be called when that is readable. */
PyObject *baton_py_new_door(PyObject *module, PyObject *none);

#endif
