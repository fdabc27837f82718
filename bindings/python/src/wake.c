/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "atomic.h"
#include "wake.h"

/* Wakers for coroutines that Python drives. */

static void ring_waker(baton_py_waker *waker);

static void run_errand(baton_py_state *state, baton_py_errand *one) {
  if (one->waker) {
    baton_py_lock_wakers(state);
    one->waker->queued = 0;
    baton_py_unlock_wakers(state);
    ring_waker(one->waker);
    baton_py_waker_drop(one->waker);
  } else {
    Py_DECREF(one->object);
    PyMem_RawFree(one);
  }
}

void baton_py_run_errands(baton_py_state *state, baton_py_errand *last) {
  baton_py_errand *first = NULL;
  while (last) { /* turns the list round */
    baton_py_errand *before = last->next;
    last->next = first;
    first = last;
    last = before;
  }
  while (first) {
    baton_py_errand *next = first->next;
    run_errand(state, first);
    first = next;
  }
}

static baton_py_waker *waker_of(const baton_waker *self) {
  return (baton_py_waker *)(void *)self;
}

/* With the interpreter's lock, and no lock of others: it runs Python. */
static void ring_waker(baton_py_waker *waker) {
  PyObject *wake, *before, *result;
  baton_py_lock_wakers(waker->state);
  wake = Py_XNewRef(waker->wake);
  baton_py_unlock_wakers(waker->state);
  if (!wake) return;
  before = baton_py_raised();
  result = PyObject_CallNoArgs(wake);
  if (!result) PyErr_WriteUnraisable(wake);
  Py_XDECREF(result);
  Py_DECREF(wake);
  baton_py_set_raised(before);
}

static int32_t BATON_CALL waker_clone(const baton_waker *self,
                                      const baton_waker **out) {
  baton_add(&waker_of(self)->count, 1);
  *out = self;
  return BATON_OK;
}

/* Wakes a native driver, on any thread and without the interpreter's lock; it
 * is told once. @return whether there was one. */
static int wake_native(baton_py_waker *waker) {
  const baton_waker *native;
  baton_py_lock_wakers(waker->state);
  native = waker->native;
  waker->native = NULL;
  baton_py_unlock_wakers(waker->state);
  if (native) native->methods->wake(native);
  return native != NULL;
}

void baton_py_waker_forward(baton_py_waker *waker, const baton_waker *native) {
  const baton_waker *old;
  baton_py_lock_wakers(waker->state);
  old = waker->native;
  waker->native = native;
  baton_py_unlock_wakers(waker->state);
  if (old) old->methods->drop(old);
  if (native && baton_load(&waker->woken)) wake_native(waker);
}

/* Whoever wakes may hold a lock that Python code waits for: a loop is told at
 * its door or by the bell, and only if something waits there. */
static int32_t BATON_CALL waker_wake_by_ref(const baton_waker *self) {
  baton_py_waker *waker = waker_of(self);
  baton_py_state *state = waker->state;
  pid_t process;
  baton_store(&waker->woken, 1);
  if (wake_native(waker) || baton_load(&state->finalizing)) return BATON_OK;
  process = baton_py_lock_wakers(state);
  if (waker->wake && waker->queued != process) {
    waker->queued = process;
    baton_add(&waker->count, 1);
    waker->errand.waker = waker;
    if (waker->door)
      baton_py_ring_door(waker->door, &waker->errand);
    else
      baton_py_ring_bell(state->bell, &waker->errand);
  }
  baton_py_unlock_wakers(state);
  return BATON_OK;
}

baton_py_waker *baton_py_waker_keep(baton_py_waker *waker) {
  baton_add(&waker->count, 1);
  return waker;
}

void baton_py_waker_drop(baton_py_waker *waker) {
  if (!baton_count_drop(&waker->count)) return;
  if (waker->native) waker->native->methods->drop(waker->native);
  PyMem_RawFree(waker); /* `wake` went with the object: see unpark */
}

static int32_t BATON_CALL waker_drop(const baton_waker *self) {
  baton_py_waker_drop(waker_of(self));
  return BATON_OK;
}

static int32_t BATON_CALL waker_wake(const baton_waker *self) {
  waker_wake_by_ref(self);
  return waker_drop(self);
}

const baton_waker_methods baton_py_waker_methods = {
    sizeof(baton_waker_methods), 0,         waker_clone, waker_wake,
    waker_wake_by_ref,           waker_drop};

PyObject *baton_py_waker_wakes(const baton_py_waker *waker) {
  return waker->wake;
}

void baton_py_waker_set(baton_py_waker *waker, PyObject *wake, PyObject *door) {
  PyObject *old = waker->wake, *left = waker->door;
  pid_t process = baton_py_lock_wakers(waker->state);
  /* What it left at a door that may never be opened again is for nobody. */
  int forgotten = left && waker->queued == process &&
                  baton_py_forget_errand(left, &waker->errand);
  if (forgotten) waker->queued = 0;
  waker->wake = Py_XNewRef(wake);
  waker->door = Py_XNewRef(door);
  baton_py_unlock_wakers(waker->state);
  Py_XDECREF(old);
  Py_XDECREF(left);
  /* It may have been woken since the loop was asked. */
  if (wake && baton_load(&waker->woken)) ring_waker(waker);
  if (forgotten) baton_py_waker_drop(waker);
}

/* ---- The waker of a call, until somebody wants to keep it --------------- */

static baton_py_face *face_of(const baton_waker *lazy) {
  return (baton_py_face *)(void *)((char *)(uintptr_t)lazy -
                                   offsetof(baton_py_face, lazy));
}

static int32_t BATON_CALL lazy_clone(const baton_waker *self,
                                     const baton_waker **out) {
  baton_py_face *face = face_of(self);
  baton_py_waker *made = face->extra ? face->extra->waker : NULL;
  *out = NULL;
  if (!made) {
    if (!face->extra &&
        !(face->extra = PyMem_RawCalloc(1, sizeof *face->extra)))
      return BATON_NO_MEMORY;
    made = PyMem_RawCalloc(1, sizeof *made);
    if (!made) return BATON_NO_MEMORY;
    made->base.methods = &baton_py_waker_methods;
    made->count = 1;
    made->state = face->state;
    made->woken = (baton_load(&face->marks) & BATON_PY_WOKEN) != 0;
    face->extra->waker = made;
  }
  return waker_clone(&made->base, out);
}

static int32_t BATON_CALL lazy_wake(const baton_waker *self) {
  baton_py_face *face = face_of(self);
  baton_py_mark(face, BATON_PY_WOKEN);
  if (face->extra && face->extra->waker)
    baton_store(&face->extra->waker->woken, 1);
  return BATON_OK;
}

static int32_t BATON_CALL lazy_drop(const baton_waker *self) {
  (void)self;
  return BATON_OK;
}

const baton_waker_methods baton_py_lazy_methods = {sizeof(baton_waker_methods),
                                                   0,
                                                   lazy_clone,
                                                   lazy_wake,
                                                   lazy_wake,
                                                   lazy_drop};

const baton_waker *baton_py_waker_ready(baton_py_waker *waker) {
  baton_store(&waker->woken, 0);
  return &waker->base;
}

int baton_py_call_woken(baton_py_call *call) {
  baton_py_face *face = call->face;
  int woken = (baton_load(&face->marks) & BATON_PY_WOKEN) != 0;
  if (woken)
    __atomic_fetch_and(&face->marks, (uint8_t)~BATON_PY_WOKEN,
                       __ATOMIC_ACQUIRE);
  if (face->extra && face->extra->waker)
    woken |= (int)baton_exchange(&face->extra->waker->woken, 0);
  return woken;
}
