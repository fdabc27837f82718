/* SPDX-License-Identifier: MIT */
#include "wait.h"

#include <string.h>

/* baton.wait/1 of Python objects: what a driver that is no Python loop does
 * with the future that a Python coroutine waits for, and with a coroutine that
 * is PENDING below Python frames. */

/* ---- What a future calls: it wakes a native driver ---------------------- */

typedef struct notifier {
  PyObject_HEAD const baton_waker *waker; /* a clone */
  const baton_waker *key;                 /* what was subscribed with */
} notifier;

static notifier *notifier_of(PyObject *self) {
  return (notifier *)(void *)self;
}

static PyObject *notifier_call(PyObject *self, PyObject *args,
                               PyObject *kwargs) {
  const baton_waker *waker = notifier_of(self)->waker;
  (void)args, (void)kwargs;
  waker->methods->wake_by_ref(waker);
  Py_RETURN_NONE;
}

/* Callbacks are taken back by comparison. */
static PyObject *notifier_compare(PyObject *self, PyObject *other,
                                  int operation) {
  int same;
  if (Py_TYPE(self) != Py_TYPE(other) ||
      (operation != Py_EQ && operation != Py_NE))
    Py_RETURN_NOTIMPLEMENTED;
  same = notifier_of(self)->key == notifier_of(other)->key;
  return PyBool_FromLong(same == (operation == Py_EQ));
}

static Py_hash_t notifier_hash(PyObject *self) {
  return (Py_hash_t)((uintptr_t)notifier_of(self)->key >> 4);
}

static void notifier_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  const baton_waker *waker = notifier_of(self)->waker;
  if (waker) waker->methods->drop(waker);
  PyObject_Free(self);
  Py_DECREF(type);
}

static PyType_Slot notifier_slots[] = {{Py_tp_call, notifier_call},
                                       {Py_tp_richcompare, notifier_compare},
                                       {Py_tp_hash, notifier_hash},
                                       {Py_tp_dealloc, notifier_dealloc},
                                       {0, NULL}};
static PyType_Spec notifier_spec = {"baton.notifier", sizeof(notifier), 0,
                                    Py_TPFLAGS_DEFAULT |
                                        Py_TPFLAGS_DISALLOW_INSTANTIATION |
                                        Py_TPFLAGS_IMMUTABLETYPE,
                                    notifier_slots};

static PyObject *new_notifier(baton_py_state *state, const baton_waker *waker) {
  notifier *made = PyObject_New(notifier, state->notifier);
  if (!made) return NULL;
  made->waker = NULL;
  made->key = waker;
  if (waker->methods->clone(waker, &made->waker) == BATON_OK)
    return (PyObject *)made;
  Py_DECREF(made);
  return NULL;
}

/* ---- What a PENDING coroutine yields where no loop runs ----------------- */

typedef struct pending {
  PyObject_HEAD baton_py_waker *waker; /* null: nobody has kept it */
  int woken;
  int told;
} pending;

static pending *pending_of(PyObject *self) { return (pending *)(void *)self; }

/* Yields itself, to the native driver; then what it waited for is there. */
static PyObject *pending_next(PyObject *self) {
  if (pending_of(self)->told) return NULL;
  pending_of(self)->told = 1;
  return Py_NewRef(self);
}

/* The result is what the native driver sends, which is for the coroutine. */
static PySendResult pending_send(PyObject *self, PyObject *arg,
                                 PyObject **result) {
  *result = pending_next(self);
  if (*result) return PYGEN_NEXT;
  *result = Py_NewRef(arg);
  return PYGEN_RETURN;
}

static void pending_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  if (pending_of(self)->waker) baton_py_waker_drop(pending_of(self)->waker);
  PyObject_Free(self);
  Py_DECREF(type);
}

static PyType_Slot pending_slots[] = {{Py_tp_iter, PyObject_SelfIter},
                                      {Py_tp_iternext, pending_next},
                                      {Py_am_send, pending_send},
                                      {Py_tp_dealloc, pending_dealloc},
                                      {0, NULL}};
static PyType_Spec pending_spec = {"baton.pending", sizeof(pending), 0,
                                   Py_TPFLAGS_DEFAULT |
                                       Py_TPFLAGS_DISALLOW_INSTANTIATION |
                                       Py_TPFLAGS_IMMUTABLETYPE,
                                   pending_slots};

PyObject *baton_py_new_pending(baton_py_state *state, baton_py_waker *waker,
                               int woken) {
  pending *made = PyObject_New(pending, state->pending);
  if (!made) return NULL;
  made->waker = waker ? baton_py_waker_keep(waker) : NULL;
  made->woken = woken;
  made->told = 0;
  return (PyObject *)made;
}

/* ---- wait/1 ------------------------------------------------------------- */

static baton_py_state *state_of(const baton_value *self) {
  return self->head.type->data;
}

/* As a Task finds out: the attribute is there, whatever the type is. */
static int is_future(baton_py_state *state, PyObject *object) {
  PyObject *blocking, *before = baton_py_raised();
  int is;
  blocking = PyObject_GetAttr(object, state->names.future_blocking);
  is = blocking && blocking != Py_None;
  Py_XDECREF(blocking);
  PyErr_Clear();
  baton_py_set_raised(before);
  return is;
}

int baton_py_can_wait(baton_py_state *state, PyObject *object) {
  return Py_TYPE(object) == state->pending || is_future(state, object);
}

static int32_t subscribe_to_pending(pending *self, const baton_waker *waker) {
  const baton_waker *kept;
  if (self->woken) return waker->methods->wake_by_ref(waker);
  if (!self->waker) return BATON_OK; /* nobody has kept one */
  if (waker->methods->clone(waker, &kept) != BATON_OK) return BATON_NO_MEMORY;
  baton_py_waker_forward(self->waker, kept);
  return BATON_OK;
}

/* Calls `function` of loop.c with a future and what it calls when done. */
static int32_t call_future(const baton_value *self, const char *function,
                           const baton_waker *waker) {
  baton_py_state *state = state_of(self);
  PyObject *notify, *done = NULL, *before;
  baton_py_guard guard;
  if (baton_py_enter(state, &guard) < 0) return BATON_WRONG_THREAD;
  before = baton_py_raised();
  notify = new_notifier(state, waker);
  if (notify)
    done = baton_py_call_loop_function(state, function, self->payload.object,
                                       notify);
  Py_XDECREF(notify);
  Py_XDECREF(done);
  PyErr_Clear(); /* its loop is closed */
  baton_py_set_raised(before);
  baton_py_leave(&guard);
  if (done) return BATON_OK;
  return notify ? BATON_WRONG_THREAD : BATON_NO_MEMORY;
}

static pending *as_pending(const baton_value *self) {
  PyObject *object = self->payload.object;
  return Py_TYPE(object) == state_of(self)->pending ? pending_of(object) : NULL;
}

static int32_t BATON_CALL subscribe(const baton_value *self,
                                    const baton_waker *waker) {
  pending *is = as_pending(self);
  return is ? subscribe_to_pending(is, waker)
            : call_future(self, "subscribe", waker);
}

static int32_t BATON_CALL unsubscribe(const baton_value *self,
                                      const baton_waker *waker) {
  pending *is = as_pending(self);
  if (!is) call_future(self, "unsubscribe", waker);
  if (is && is->waker) baton_py_waker_forward(is->waker, NULL);
  return BATON_OK;
}

int32_t BATON_CALL baton_py_token_query(const baton_value *self, const char *id,
                                        const void **out) {
  static const baton_wait wait = {sizeof(baton_wait), 0, subscribe,
                                  unsubscribe};
  if (strcmp(id, BATON_EXT_WAIT) != 0)
    return state_of(self)->object.query(self, id, out);
  *out = &wait;
  return BATON_OK;
}

int baton_py_init_wait(baton_py_state *state, PyObject *module) {
  state->notifier =
      (PyTypeObject *)PyType_FromModuleAndSpec(module, &notifier_spec, NULL);
  state->pending =
      (PyTypeObject *)PyType_FromModuleAndSpec(module, &pending_spec, NULL);
  return state->notifier && state->pending ? 0 : -1;
}
