/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_GUARD_H
#define BATON_PY_GUARD_H

#include "face.h"

/** @file
 * Who may call what a face stands for, and look at what it awaits, where there
 * is no global lock. A hosted object has a guard in its link. Of a native one
 * nobody knows, so its face is the guard. With the lock all of it is nothing.
 */

/** Takes a face for a call of what it shows. @return BATON_OK, BUSY. */
int32_t baton_py_take_slowly(baton_py_face *face);

static inline int32_t baton_py_take(baton_py_face *face) {
  return BATON_PY_FREE_THREADED ? baton_py_take_slowly(face) : BATON_OK;
}

/** Ends what `baton_py_take` began. */
static inline void baton_py_give_back(baton_py_face *face) {
  if (BATON_PY_FREE_THREADED && !baton_py_is_hosted(face))
    __atomic_store_n(&face->driving, 0, __ATOMIC_RELEASE);
}

/** Whether a call is to be made again: what refused it was only somebody who
 * looks. */
int baton_py_only_looked(const baton_py_face *face);

static inline int baton_py_again(const baton_py_face *face, int32_t status) {
  return BATON_PY_FREE_THREADED && status == BATON_BUSY &&
         baton_py_only_looked(face);
}

/** What a face's link awaits, a new reference or none. Takes the guard for a
 * moment. @return BATON_OK, BUSY, and then none. */
int32_t baton_py_look(baton_py_face *face, baton_value *out);

#endif
