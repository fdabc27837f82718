/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_STATE_H
#define BATON_PY_STATE_H

#include "compat.h"

/** @file
 * What the maker of the shared types keeps for one interpreter. The memory is
 * never freed, since values that native code holds lead to the descriptors in
 * it; its Python objects go with the module.
 */

#define BATON_PY_FREE_CLASSES 16 /* of frames, in steps of 16 bytes */
#define BATON_PY_FREE_KEPT 80    /* objects of each */

typedef struct baton_py_face baton_py_face;
typedef struct baton_py_bell baton_py_bell;

/** Attribute names that are looked up; see names.c of the same order. */
typedef struct baton_py_names {
  PyObject *await_, *send, *throw_, *close, *name, *qualname, *cr_await,
      *gi_yieldfrom, *ag_await, *cr_running, *gi_running, *ag_running,
      *cr_suspended, *gi_suspended, *ag_suspended, *cr_frame, *gi_frame,
      *ag_frame, *cr_code, *gi_code, *ag_code, *lineno, *value,
      *future_blocking, *asyncio, *trio, *baton_error;
} baton_py_names;

typedef struct baton_py_state {
  baton_waker_methods lazy; /* first: see baton_py_face */
  baton_python table;
  PyInterpreterState *interpreter;
  PyObject *module; /* borrowed: it owns what follows */
  int finalizing;   /* atomic: foreign threads must not attach any more */

  PyTypeObject *coroutine, *generator, *async_generator;
  PyTypeObject *wrapper; /* what a coroutine's am_await gives */
  PyTypeObject *asend, *athrow;
  PyTypeObject *opaque;             /* a value that Python cannot show */
  PyTypeObject *notifier, *pending; /* see wait.c */
  PyTypeObject *function, *door;

  /* Descriptors: the two of hosted objects by kind, and Python's own. */
  baton_type hosted[2];
  baton_type object;    /* any Python object */
  baton_type token;     /* one that was yielded and has wait/1 */
  baton_type exception; /* one that is raised */
  baton_type arguments; /* those of throw, not yet an exception */

  int item_is_argument;      /* StopIteration(None), for an item that is None */
  const baton_body *checked; /* the body that was last found to be right */
  baton_py_names names;
  PyObject *stop_iteration; /* kept for reuse, or null */
  PyObject *faces;          /* payload of a handle -> its face, not owned */
  PyObject *errors;         /* payload of an error -> reference to exception */
  int converting;           /* how deep in an error's causes */
  PyObject *codes;          /* (file, function, line) -> code */
  PyObject *texts;          /* what was lent: each to itself */
  PyObject *loops;          /* what loop.c's source defines, or null */
  PyObject *running_loop;   /* asyncio's function, once that is imported */
  baton_py_bell *bell;

  /* Objects kept for reuse, by size of frame; and wrappers. */
  PyObject *kept[BATON_PY_FREE_CLASSES];
  uint16_t kept_count[BATON_PY_FREE_CLASSES];
  PyObject *kept_wrappers;
  uint16_t kept_wrapper_count;
} baton_py_state;

static inline baton_py_state *baton_py_state_of(const baton_python *table) {
  return (baton_py_state *)table->state;
}

/** Whether this thread may call the interpreter. */
static inline int baton_py_attached(const baton_py_state *state) {
  PyThreadState *thread = baton_py_thread();
  return thread && thread->interp == state->interpreter;
}

/** Lets this thread call the interpreter. @return 0, or -1 if it cannot any
 * more. `guard` is for baton_py_leave. */
typedef struct baton_py_guard {
  PyThreadState *made;   /* or null: the thread has one of its own */
  PyThreadState *before; /* was attached: of another interpreter */
  PyThreadState *outer;  /* baton_py_entered before */
  int entered;
} baton_py_guard;
int baton_py_enter_slowly(baton_py_state *state, baton_py_guard *guard);
void baton_py_leave_slowly(baton_py_guard *guard);

static inline int baton_py_enter(baton_py_state *state, baton_py_guard *guard) {
  guard->entered = 0;
  if (__builtin_expect(baton_py_attached(state), 1)) return 0;
  return baton_py_enter_slowly(state, guard);
}

static inline void baton_py_leave(baton_py_guard *guard) {
  if (__builtin_expect(guard->entered, 0)) baton_py_leave_slowly(guard);
}

/** The body of a slot that any thread may call: enters the interpreter. */
#define BATON_PY_INSIDE(state, call)                                \
  baton_py_guard guard;                                             \
  int32_t status;                                                   \
  if (baton_py_enter(state, &guard) < 0) return BATON_WRONG_THREAD; \
  status = call;                                                    \
  baton_py_leave(&guard);                                           \
  return status

/* Each fills in its part of a new state. @return 0 or -1 with an exception. */
int baton_py_init_coroutine(baton_py_state *state, PyObject *module);
int baton_py_init_generator(baton_py_state *state, PyObject *module);
int baton_py_init_async_generator(baton_py_state *state, PyObject *module);
int baton_py_init_value(baton_py_state *state, PyObject *module);
int baton_py_init_wait(baton_py_state *state, PyObject *module);
int baton_py_init_door(baton_py_state *state, PyObject *module);
int baton_py_init_function(baton_py_state *state, PyObject *module);
void baton_py_init_host(baton_py_state *state);
void baton_py_init_hosted(baton_py_state *state);
int baton_py_init_error(baton_py_state *state, PyObject *module);

/** Wrap a callable: see the table's members of these names. */
PyObject *baton_py_coroutine_function(const baton_python *table,
                                      PyObject *callable);
PyObject *baton_py_async_generator_function(const baton_python *table,
                                            PyObject *callable);

/** Makes a final heap type that reports itself as builtins.NAME. */
PyTypeObject *baton_py_new_type(PyObject *module, PyType_Spec *spec);

#endif
