/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <unistd.h>

#include "atomic.h"
#include "wake.h"

/* The bell: a thread of each interpreter that does what others must not do
 * where they are, because it takes the interpreter's lock: drop references,
 * call what wakes a loop that has no door. */

struct baton_py_bell {
  baton_py_state *state;
  pthread_mutex_t lock; /* of all wakers */
  pthread_cond_t rung;
  baton_py_errand *errands;
  pid_t process;
  pthread_t thread;
  int running;
  int stopping;
};

static void *bell_main(void *arg) {
  baton_py_bell *bell = arg;
  PyThreadState *thread = PyThreadState_New(bell->state->interpreter);
  pthread_mutex_lock(&bell->lock);
  while (!bell->stopping) {
    baton_py_errand *last = bell->errands;
    if (!last) {
      pthread_cond_wait(&bell->rung, &bell->lock);
      continue;
    }
    bell->errands = NULL;
    pthread_mutex_unlock(&bell->lock);
    PyEval_RestoreThread(thread);
    baton_py_run_errands(bell->state, last);
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
pid_t baton_py_lock_wakers(baton_py_state *state) {
  baton_py_bell *bell = state->bell;
  pid_t process = getpid();
  if (bell->process != process) {
    bell->process = process;
    bell->running = 0;
    bell->errands = NULL;
    pthread_mutex_init(&bell->lock, NULL);
    pthread_cond_init(&bell->rung, NULL);
  }
  pthread_mutex_lock(&bell->lock);
  return process;
}

void baton_py_unlock_wakers(baton_py_state *state) {
  pthread_mutex_unlock(&state->bell->lock);
}

void baton_py_ring_bell(baton_py_bell *bell, baton_py_errand *one) {
  one->next = bell->errands;
  bell->errands = one;
  if (!bell->running && !bell->stopping)
    bell->running = pthread_create(&bell->thread, NULL, bell_main, bell) == 0;
  pthread_cond_signal(&bell->rung);
}

void baton_py_release_later(baton_py_state *state, PyObject *object) {
  baton_py_errand *one;
  if (baton_load(&state->finalizing)) return; /* it goes with the interpreter */
  one = PyMem_RawCalloc(1, sizeof *one);
  if (!one) return;
  one->object = object;
  baton_py_lock_wakers(state);
  baton_py_ring_bell(state->bell, one);
  baton_py_unlock_wakers(state);
}

int baton_py_init_bell(baton_py_state *state) {
  baton_py_bell *bell = PyMem_RawCalloc(1, sizeof *bell);
  if (!bell) {
    PyErr_NoMemory();
    return -1;
  }
  bell->state = state;
  state->bell = bell;
  baton_py_lock_wakers(state); /* makes the rest */
  baton_py_unlock_wakers(state);
  return 0;
}

void baton_py_stop_bell(baton_py_state *state) {
  baton_py_bell *bell = state->bell;
  int running;
  baton_py_lock_wakers(state);
  baton_store(&state->finalizing, 1);
  bell->stopping = 1;
  running = bell->running;
  pthread_cond_signal(&bell->rung);
  baton_py_unlock_wakers(state);
  if (!running) return;
  Py_BEGIN_ALLOW_THREADS pthread_join(bell->thread, NULL);
  Py_END_ALLOW_THREADS
}
