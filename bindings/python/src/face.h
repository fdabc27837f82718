/* SPDX-License-Identifier: MIT */
#ifndef BATON_PY_FACE_H
#define BATON_PY_FACE_H

#include "state.h"

/** @file
 * The Python object of a coroutine, generator, async generator or of what an
 * async generator's methods give.
 *
 * A *hosted* one is the coroutine itself: its link and frame are part of the
 * object, and `payload` is what its values point to. Any other shows a handle
 * that lives elsewhere, which its frame holds.
 */

typedef struct baton_py_waker baton_py_waker;

/** What few objects need. */
typedef struct baton_py_extra {
  PyObject *name, *qualname, *origin;
  PyObject *parked;      /* iterator of what it waits for in its loop */
  baton_py_waker *waker; /* as long as one was cloned */
  PyObject *finalizer;   /* async generator: the loop's hook */
  int hooked;            /* async generator: the hooks were called */
  PyObject *refused;     /* arguments of athrow that cannot be thrown */
  baton_py_face *steps;  /* async generator: its awaitables, not owned */
} baton_py_extra;

/** The frame of a face that shows a handle. */
typedef struct baton_py_shown {
  baton_value handle;
  /* Only for an awaitable of an async generator's face: that, owned, and its
   * place among the others. */
  baton_py_face *generator, *next, **place;
} baton_py_shown;

#define BATON_PY_HANDLE 0x01u  /* shows a handle */
#define BATON_PY_ENDED 0x02u   /* a handle that broke the contract */
#define BATON_PY_LEFT 0x04u    /* its loop was told: it ends without a run */
#define BATON_PY_TRACKED 0x08u /* the cycle collector knows it */
#define BATON_PY_FINALIZED 0x10u
#define BATON_PY_WOKEN 0x20u /* in a call, before anybody cloned a waker */

/** `driver`: who drove it last, for "being awaited already": nobody, the
 * wrapper of that number, or a direct call. */
#define BATON_PY_DIRECT 0xffffu

/** Out-of-process tools read a Task's coroutine as CPython's own struct: this
 * byte, 51 behind the object's head, is the state of its frame to them, and
 * the value says that there is no frame. */
#if BATON_PY_HAS(3, 15)
#define BATON_PY_FRAME_CLEARED 5
#else
#define BATON_PY_FRAME_CLEARED 4
#endif
#if BATON_PY_HAS(3, 14)
#define BATON_PY_FACE_SIZE_MIN (sizeof(PyObject) + 144)
#else
#define BATON_PY_FACE_SIZE_MIN 1
#endif

struct baton_py_face {
  PyObject_HEAD PyObject *weakrefs;
  union {
    baton_py_state *state;
    baton_waker lazy; /* its waker until somebody clones it; the methods stand
                         first in the state */
  };
  baton_py_extra *extra;
  const baton_body *body; /* null if it shows a handle */
#if BATON_PY_HAS(3, 14)
  void *reserved[2]; /* puts `cleared` where tools look */
#endif
  /* From here on: what a value's payload points to. */
  uint8_t marks;
  uint8_t looking; /* without a global lock: who looks at what it awaits */
  uint8_t driving; /* the same: a handle that is shown is driven or looked at */
  uint8_t cleared;
  uint16_t driver;
  uint16_t serial; /* of the last wrapper */
  baton_link link;
};

/** Sets a mark during a call, whose waker other threads may wake meanwhile. */
static inline void baton_py_mark(baton_py_face *face, uint8_t mark) {
  __atomic_fetch_or(&face->marks, mark, __ATOMIC_RELEASE);
}

#define BATON_PY_PAYLOAD offsetof(baton_py_face, marks)
#define BATON_PY_FRAME (BATON_PY_PAYLOAD + BATON_CORO_FRAME_OFFSET)

_Static_assert(sizeof(void *) != 8 || sizeof(baton_py_face) == BATON_PY_FRAME,
               "the frame stands behind the link");
_Static_assert(!BATON_PY_HAS(3, 14) || sizeof(void *) != 8 ||
                   offsetof(baton_py_face, cleared) == sizeof(PyObject) + 51,
               "where a frame's state is");

static inline baton_py_face *baton_py_face_of(const baton_value *value) {
  return (baton_py_face *)((char *)value->payload.object - BATON_PY_PAYLOAD);
}

static inline void *baton_py_frame(const baton_py_face *face) {
  return (char *)face + BATON_PY_FRAME;
}

static inline int baton_py_is_hosted(const baton_py_face *face) {
  return face->body != NULL;
}

static inline baton_py_shown *baton_py_shown_of(const baton_py_face *face) {
  return baton_py_frame(face);
}

/** The handle that a face shows. */
static inline baton_value *baton_py_handle(const baton_py_face *face) {
  return &baton_py_shown_of(face)->handle;
}

/** The value to drive, borrowed. */
static inline baton_value baton_py_value_of(const baton_py_face *face) {
  if (baton_py_is_hosted(face))
    return baton_from_object(&face->state->hosted[face->link.kind],
                             (char *)face + BATON_PY_PAYLOAD);
  return *baton_py_handle(face);
}

/** Whether an object is a coroutine or generator face, or any face. */
static inline int baton_py_is_face(const baton_py_state *state, PyObject *o) {
  PyTypeObject *type = Py_TYPE(o);
  return type == state->coroutine || type == state->generator ||
         type == state->async_generator || type == state->asend ||
         type == state->athrow;
}

/* ---- face.c: its life -------------------------------------------------- */

/** A new hosted object; its arguments are taken over from Python. */
PyObject *baton_py_make(const baton_python *table, const baton_body *body,
                        PyObject *const *args, Py_ssize_t count);

/** The face of a handle, which is taken. */
PyObject *baton_py_show(baton_py_state *state, baton_value handle);

/** Has an awaitable hold the face of its generator, whose handle it shares. */
void baton_py_hold_generator(baton_py_face *step, baton_py_face *generator);

baton_py_extra *baton_py_extra_of(baton_py_face *face); /* null: no memory */
void baton_py_track_new(PyObject *object);
static inline void baton_py_track(baton_py_face *face) {
  if (__builtin_expect(!(face->marks & BATON_PY_TRACKED), 0))
    baton_py_track_new((PyObject *)face);
}
int baton_py_face_traverse(PyObject *self, visitproc visit, void *arg);
int baton_py_face_clear(PyObject *self);
void baton_py_face_dealloc(PyObject *self);
void baton_py_face_finalize(PyObject *self);
void baton_py_free_kept(baton_py_state *state);
extern PyMemberDef baton_py_face_members[];

/** The coroutine that a wrapper of am_await drives; other objects as they are.
 * Borrowed. */
PyObject *baton_py_unwrapped(const baton_py_state *state, PyObject *object);

/** The state of the coroutine behind a face: BATON_CREATED ... CLOSED. */
uint32_t baton_py_face_state(const baton_py_face *face);

/* ---- drive.c: send, throw, close --------------------------------------- */

/** @return as PyIter_Send. `arg` is borrowed. */
PySendResult baton_py_send(baton_py_face *face, PyObject *arg,
                           PyObject **result);
PySendResult baton_py_throw(baton_py_face *face, PyObject *type,
                            PyObject *value, PyObject *traceback,
                            PyObject **result);
/** @return what `close` returns, or null. */
PyObject *baton_py_close(baton_py_face *face);

/** Whether a StopIteration with a value has what is being handled as its
 * context; a fact of the interpreter's release. */
extern int baton_py_stop_has_context;

/** Turns a result into what a method returns: the value, or StopIteration. */
PyObject *baton_py_method_result(PySendResult status, PyObject *result,
                                 int item);
/** Whether it ends with an item, whose StopIteration may differ. */
#define BATON_PY_ITEM(face) \
  (Py_TYPE(face) == (face)->state->asend && (face)->state->item_is_argument)
#define BATON_PY_GIVES_ITEM 2

/** The same for tp_iternext. `reuse`: nobody but the interpreter will see a
 * StopIteration. */
PyObject *baton_py_next_result(baton_py_state *state, PySendResult status,
                               PyObject *result, int reuse);

/** Parses the arguments of a throw method, warns if need be, and throws. */
PyObject *baton_py_throw_method(baton_py_face *face, PyObject *const *args,
                                Py_ssize_t count);

/** "coroutine already executing" or what else a refusal is in Python. */
void baton_py_raise_refusal(baton_py_face *face, int32_t status,
                            const baton_value *value);

/** Whether somebody has begun to await it and still holds what he drives. */
int baton_py_is_awaited(const baton_py_face *face);

/* ---- attributes.c ------------------------------------------------------ */

PyObject *baton_py_face_repr(PyObject *self);
PyObject *baton_py_name(PyObject *self, void *closure);
int baton_py_set_name(PyObject *self, PyObject *value, void *closure);
PyObject *baton_py_qualname(PyObject *self, void *closure);
int baton_py_set_qualname(PyObject *self, PyObject *value, void *closure);
PyObject *baton_py_running(PyObject *self, void *closure);
PyObject *baton_py_suspended(PyObject *self, void *closure);
PyObject *baton_py_awaited(PyObject *self, void *closure);
PyObject *baton_py_code(PyObject *self, void *closure);
PyObject *baton_py_frame_object(PyObject *self, void *closure);
PyObject *baton_py_state_name(PyObject *self, void *closure);
PyObject *baton_py_origin(PyObject *self, void *closure);
PyObject *baton_py_sizeof(PyObject *self, PyObject *none);
PyObject *baton_py_refuse_reduce(PyObject *self, PyObject *none);
/** Refuses as CPython does where it has a member. */
int baton_py_refuse_set(PyObject *self, PyObject *value, void *closure);
#if BATON_PY_HAS(3, 11)
#define BATON_PY_SET_FRAME NULL
#else
#define BATON_PY_SET_FRAME baton_py_refuse_set
#endif
#if BATON_PY_HAS(3, 12)
#define BATON_PY_SET_CODE NULL
#else
#define BATON_PY_SET_CODE baton_py_refuse_set
#endif
/** Records where a coroutine was made, if that is asked for. */
int baton_py_record_origin(baton_py_face *face);
/** Tells where the code of a face is. @return whether it can. */
int baton_py_where(const baton_py_face *face, baton_frame *out);

/* ---- trace.c ----------------------------------------------------------- */

PyObject *baton_py_code_of(baton_py_state *state, const baton_frame *where);
PyObject *baton_py_frame_of(baton_py_state *state, const baton_frame *where);
/** The place of a traceback's entry. Its strings live as long as the code. */
void baton_py_entry_frame(const PyTracebackObject *entry, baton_frame *out);
/** Puts an entry in front of an exception's traceback. */
void baton_py_add_entry(baton_py_state *state, PyObject *exception,
                        const baton_frame *where);

/* ---- warn.c ------------------------------------------------------------ */

/** Has what libbaton cannot raise reported by Python. */
void baton_py_set_hooks(void);
/** More than 0: what was never awaited is told elsewhere. */
extern _Thread_local int baton_py_quiet;
void baton_py_warn_unawaited(PyObject *coroutine, PyObject *qualname);
void baton_py_warn_method_unawaited(PyObject *method, const char *name,
                                    PyObject *qualname);

/* ---- origin.c ---------------------------------------------------------- */

/** An exception, taken, as it leaves Python: the error that it was made of, if
 * no Python code runs further up on this thread, else itself. */
baton_value baton_py_from_exception(baton_py_state *state, PyObject *exception);

/* ---- value.c ----------------------------------------------------------- */

PyObject *baton_py_to_object(baton_py_state *state, baton_value *value);
baton_value baton_py_from_object(baton_py_state *state, PyObject *object);

/** The same, to be told of and not to be driven: of an object that shows a
 * handle, that handle. */
baton_value baton_py_told(baton_py_state *state, PyObject *object);
/** A Python object that holds a value, taken. `of_error`: it is what an
 * exception was made of. */
PyObject *baton_py_new_opaque(baton_py_state *state, baton_value *value,
                              int of_error);

/** Whether a value is an object of this interpreter; then `*object` is it,
 * borrowed. */
static inline int baton_py_is_object(const baton_py_state *state,
                                     const baton_value *value,
                                     PyObject **object) {
  const baton_type *type = value->head.type;
  if (type == &state->object || type == &state->exception ||
      type == &state->arguments || type == &state->token)
    *object = (PyObject *)value->payload.object;
  else if (type == &state->hosted[0] || type == &state->hosted[1])
    *object = (PyObject *)baton_py_face_of(value);
  else
    return 0;
  return 1;
}

static inline baton_value baton_py_object_value(baton_py_state *state,
                                                PyObject *taken) {
  return baton_from_object(&state->object, taken);
}

/**
 * A walk to the Python objects that values lead to. Native objects on the way
 * are gone through one after the other; one with several owners when each of
 * them has led to it. Every call gives what `visit` returns.
 */
#define BATON_PY_WALK 64
typedef struct baton_py_walk {
  baton_py_state *state;
  visitproc visit;
  void *arg;
  int waiting_count, shared_count;
  baton_value waiting[BATON_PY_WALK]; /* borrowed */
  struct {
    const void *object;
    uint32_t found;
  } shared[BATON_PY_WALK];
} baton_py_walk;
void baton_py_walk_begin(baton_py_walk *walk, baton_py_state *state,
                         visitproc visit, void *arg);
int32_t BATON_CALL baton_py_walk_one(const baton_value *held, void *walk);
int baton_py_walk_end(baton_py_walk *walk, int32_t result);

/** How many references there are to an object of libbaton, whatever copy; 0 if
 * that cannot be told. */
uint32_t baton_py_owners(const baton_value *value);

/* ---- error.c ----------------------------------------------------------- */

/** Raises an error, taken. */
void baton_py_raise(baton_py_state *state, baton_value *error);
/** The exception that an error is, or becomes; taken. Null only with another
 * exception set. `*made`: it is new. */
PyObject *baton_py_exception(baton_py_state *state, baton_value *error,
                             int *made);
/** Takes the exception that is set as an error. */
baton_value baton_py_caught(baton_py_state *state);
/** The kind of an exception, or of an exception class. */
uint32_t baton_py_kind_of(const baton_py_state *state, PyObject *exception);
extern const baton_error_methods baton_py_exception_errors;
extern const baton_error_methods baton_py_arguments_errors;
/** Makes an exception of throw's arguments; null with TypeError. */
PyObject *baton_py_normalize(PyObject *type, PyObject *value,
                             PyObject *traceback);

/* ---- wake.c, loop.c ---------------------------------------------------- */

/** The context of one call: told from others by its size. */
typedef struct baton_py_call {
  baton_context cx;
  baton_py_face *face;
} baton_py_call;

extern const baton_waker_methods baton_py_lazy_methods, baton_py_waker_methods;
/** The waker that somebody has cloned, made ready for a new call. */
const baton_waker *baton_py_waker_ready(baton_py_waker *waker);

static inline void baton_py_begin_call(baton_py_call *call, baton_py_face *face,
                                       uint32_t accepts) {
  static const baton_context plain = {.struct_size = sizeof(baton_py_call),
                                      .abi_major = BATON_ABI_MAJOR,
                                      .abi_minor = BATON_ABI_MINOR};
  call->cx = plain;
  call->cx.accepts = accepts;
  call->face = face;
  call->cx.waker = &face->lazy;
  if (__builtin_expect(face->extra != NULL, 0) && face->extra->waker)
    call->cx.waker = baton_py_waker_ready(face->extra->waker);
}

/** Whether a waker is that of a face, of this copy of the shim. */
static inline int baton_py_is_own_waker(const baton_waker *waker) {
  return waker->methods->clone == baton_py_lazy_methods.clone ||
         waker->methods == &baton_py_waker_methods;
}

/** Whether a context is that of a call of a face of this interpreter: then the
 * thread is attached, for a body may not use it otherwise. */
static inline int baton_py_is_call(const baton_py_state *state,
                                   const baton_context *cx) {
  const baton_py_call *call = (const baton_py_call *)(const void *)cx;
  return cx->struct_size == sizeof(baton_py_call) && cx->waker &&
         baton_py_is_own_waker(cx->waker) && call->face->state == state;
}

/** Whether the call's waker was woken already; forgets it. */
int baton_py_call_woken(baton_py_call *call);

/** A waker that outlives its call: one an object. */
baton_py_waker *baton_py_waker_keep(baton_py_waker *waker);
void baton_py_waker_drop(baton_py_waker *waker);
/** What is called to wake a loop, and that loop's door or null; kept until the
 * next one or null. */
void baton_py_waker_set(baton_py_waker *waker, PyObject *wake, PyObject *door);
/** The waker of a native driver, taken, or null: it is woken instead. */
void baton_py_waker_forward(baton_py_waker *waker, const baton_waker *native);
PyObject *baton_py_waker_wakes(const baton_py_waker *waker); /* borrowed */

/** Waits for the object's waker in the running loop, or in the native driver
 * of this thread. @return an iterator, or null with an exception. */
PyObject *baton_py_park(baton_py_face *face, int woken);

/** Drops a reference later, on a thread of the interpreter. Any thread. */
void baton_py_release_later(baton_py_state *state, PyObject *object);
int baton_py_init_bell(baton_py_state *state);
void baton_py_stop_bell(baton_py_state *state);

#endif
