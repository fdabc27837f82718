/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "atomic.h"
#include "face.h"

/* Wakers for coroutines that Python drives, and the bell: a thread of each
 * interpreter that does what others must not do where they are, because it
 * takes the interpreter's lock: call what wakes a loop, drop references. */

/* ---- The bell ---------------------------------------------------------- */

typedef struct errand {
  struct errand *next;
  PyObject *object;      /* to be released, or null */
  baton_py_waker *waker; /* to be woken, or null */
} errand;

struct baton_py_bell {
  baton_py_state *state;
  pthread_mutex_t lock; /* held for a few instructions, by nobody who waits */
  pthread_cond_t rung;
  errand *errands;
  pid_t process;
  pthread_t thread;
  int running;
  int stopping;
};

struct baton_py_waker {
  baton_waker base;
  uint32_t count;
  uint32_t woken;
  baton_py_state *state;
  /* Under the bell's lock: */
  pid_t queued;              /* the process in which its errand is on the way */
  PyObject *wake;            /* what wakes its loop; null while nobody waits */
  const baton_waker *native; /* the same of a native driver */
  errand errand;
};

static void lock(baton_py_bell *bell);
static void unlock(baton_py_bell *bell);
static void ring_waker(baton_py_waker *waker);

static void run_errand(baton_py_state *state, errand *one) {
  if (one->waker) {
    lock(state->bell);
    one->waker->queued = 0;
    unlock(state->bell);
    ring_waker(one->waker);
    baton_py_waker_drop(one->waker);
  } else {
    Py_DECREF(one->object);
    PyMem_RawFree(one);
  }
}

static void *bell_main(void *arg) {
  baton_py_bell *bell = arg;
  PyThreadState *thread = PyThreadState_New(bell->state->interpreter);
  pthread_mutex_lock(&bell->lock);
  while (!bell->stopping) {
    errand *one = bell->errands;
    if (!one) {
      pthread_cond_wait(&bell->rung, &bell->lock);
      continue;
    }
    bell->errands = NULL;
    pthread_mutex_unlock(&bell->lock);
    PyEval_RestoreThread(thread);
    while (one) {
      errand *next = one->next;
      run_errand(bell->state, one);
      one = next;
    }
    (void)PyEval_SaveThread();
    pthread_mutex_lock(&bell->lock);
  }
  pthread_mutex_unlock(&bell->lock);
  PyEval_RestoreThread(thread);
  PyThreadState_Clear(thread);
  PyThreadState_DeleteCurrent();
  return NULL;
}

/* The child of a fork has no bell thread, and the parent's locks as they were:
 * it begins anew. What the parent was asked for is the parent's. */
static void lock(baton_py_bell *bell) {
  pid_t process = getpid();
  if (bell->process != process) {
    bell->process = process;
    bell->running = 0;
    bell->errands = NULL;
    pthread_mutex_init(&bell->lock, NULL);
    pthread_cond_init(&bell->rung, NULL);
  }
  pthread_mutex_lock(&bell->lock);
}

static void unlock(baton_py_bell *bell) { pthread_mutex_unlock(&bell->lock); }

/* Under the lock. */
static void ring(baton_py_bell *bell, errand *one) {
  one->next = bell->errands;
  bell->errands = one;
  if (!bell->running && !bell->stopping)
    bell->running = pthread_create(&bell->thread, NULL, bell_main, bell) == 0;
  pthread_cond_signal(&bell->rung);
}

void baton_py_release_later(baton_py_state *state, PyObject *object) {
  errand *one;
  if (baton_load(&state->finalizing)) return; /* it goes with the interpreter */
  one = PyMem_RawCalloc(1, sizeof *one);
  if (!one) return;
  one->object = object;
  lock(state->bell);
  ring(state->bell, one);
  unlock(state->bell);
}

int baton_py_init_bell(baton_py_state *state) {
  baton_py_bell *bell = PyMem_RawCalloc(1, sizeof *bell);
  if (!bell) {
    PyErr_NoMemory();
    return -1;
  }
  bell->state = state;
  state->bell = bell;
  lock(bell); /* makes the rest */
  unlock(bell);
  return 0;
}

void baton_py_stop_bell(baton_py_state *state) {
  baton_py_bell *bell = state->bell;
  int running;
  lock(bell);
  baton_store(&state->finalizing, 1);
  bell->stopping = 1;
  running = bell->running;
  pthread_cond_signal(&bell->rung);
  unlock(bell);
  if (!running) return;
  Py_BEGIN_ALLOW_THREADS pthread_join(bell->thread, NULL);
  Py_END_ALLOW_THREADS
}

/* ---- Wakers ------------------------------------------------------------ */

static baton_py_waker *waker_of(const baton_waker *self) {
  return (baton_py_waker *)(void *)self;
}

/* With the interpreter's lock, and no lock of others: it runs Python. */
static void ring_waker(baton_py_waker *waker) {
  PyObject *wake, *before, *result;
  lock(waker->state->bell);
  wake = Py_XNewRef(waker->wake);
  unlock(waker->state->bell);
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
  lock(waker->state->bell);
  native = waker->native;
  waker->native = NULL;
  unlock(waker->state->bell);
  if (native) native->methods->wake(native);
  return native != NULL;
}

void baton_py_waker_forward(baton_py_waker *waker, const baton_waker *native) {
  const baton_waker *old;
  lock(waker->state->bell);
  old = waker->native;
  waker->native = native;
  unlock(waker->state->bell);
  if (old) old->methods->drop(old);
  if (native && baton_load(&waker->woken)) wake_native(waker);
}

/* Whoever wakes may hold a lock that Python code waits for: a loop is told by
 * the bell, and only if something waits there. */
static int32_t BATON_CALL waker_wake_by_ref(const baton_waker *self) {
  baton_py_waker *waker = waker_of(self);
  baton_py_bell *bell = waker->state->bell;
  int waits;
  baton_store(&waker->woken, 1);
  if (wake_native(waker) || baton_load(&waker->state->finalizing))
    return BATON_OK;
  lock(bell);
  waits = waker->wake && waker->queued != bell->process;
  if (waits) {
    waker->queued = bell->process;
    baton_add(&waker->count, 1);
    waker->errand.waker = waker;
    ring(bell, &waker->errand);
  }
  unlock(bell);
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

void baton_py_waker_set(baton_py_waker *waker, PyObject *wake) {
  PyObject *old;
  lock(waker->state->bell);
  old = waker->wake;
  waker->wake = Py_XNewRef(wake);
  unlock(waker->state->bell);
  Py_XDECREF(old);
  /* It may have been woken since the loop was asked. */
  if (wake && baton_load(&waker->woken)) ring_waker(waker);
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
    made->woken = (face->marks & BATON_PY_WOKEN) != 0;
    face->extra->waker = made;
  }
  return waker_clone(&made->base, out);
}

static int32_t BATON_CALL lazy_wake(const baton_waker *self) {
  baton_py_face *face = face_of(self);
  face->marks |= BATON_PY_WOKEN;
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
  int woken = (face->marks & BATON_PY_WOKEN) != 0;
  face->marks &= (uint8_t)~BATON_PY_WOKEN;
  if (face->extra && face->extra->waker)
    woken |= (int)baton_exchange(&face->extra->waker->woken, 0);
  return woken;
}
