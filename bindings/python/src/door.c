/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <unistd.h>

#include "wake.h"

/* The door of a loop: a pipe that the loop watches. Whoever wakes leaves an
 * errand and writes a byte if it is the first; the loop's thread does what it
 * finds. So a wake costs its thread no lock of Python's and no other thread. */

typedef struct door {
  PyObject ob_base;
  baton_py_state *state;
  int inside, outside; /* the pipe's ends: the loop's, and that of who wakes */
  /* Under the wakers' lock: */
  baton_py_errand *errands;
  pid_t process; /* that left them */
} door;

static door *door_of(PyObject *self) { return (door *)(void *)self; }

void baton_py_ring_door(PyObject *self, baton_py_errand *one) {
  door *at = door_of(self);
  pid_t process = getpid();
  ssize_t written = 1;
  if (at->process != process) at->errands = NULL; /* the parent's */
  at->process = process;
  one->next = at->errands;
  at->errands = one;
  if (!one->next) written = write(at->outside, "", 1);
  (void)written; /* a full pipe is readable */
}

int baton_py_forget_errand(PyObject *self, baton_py_errand *one) {
  baton_py_errand **place = &door_of(self)->errands;
  while (*place && *place != one) place = &(*place)->next;
  if (!*place) return 0;
  *place = one->next;
  return 1;
}

static baton_py_errand *take_errands(door *at) {
  baton_py_errand *last;
  pid_t process = baton_py_lock_wakers(at->state);
  last = at->process == process ? at->errands : NULL;
  at->errands = NULL;
  baton_py_unlock_wakers(at->state);
  return last;
}

/* Reads first: an errand that comes after that writes again. */
static PyObject *open_door(PyObject *self, PyObject *args, PyObject *kwargs) {
  char bytes[16];
  (void)args, (void)kwargs;
  while (read(door_of(self)->inside, bytes, sizeof bytes) == sizeof bytes) {
  }
  baton_py_run_errands(door_of(self)->state, take_errands(door_of(self)));
  Py_RETURN_NONE;
}

static PyObject *fileno_of(PyObject *self, PyObject *none) {
  (void)none;
  return PyLong_FromLong(door_of(self)->inside);
}

static void dealloc(PyObject *self) {
  door *at = door_of(self);
  PyTypeObject *type = Py_TYPE(self);
  baton_py_run_errands(at->state, take_errands(at));
  close(at->inside);
  close(at->outside);
  PyObject_Free(self);
  Py_DECREF(type);
}

static PyMethodDef methods[] = {{"fileno", fileno_of, METH_NOARGS, NULL},
                                {NULL, NULL, 0, NULL}};

static PyType_Slot slots[] = {{Py_tp_call, open_door},
                              {Py_tp_dealloc, dealloc},
                              {Py_tp_methods, methods},
                              {0, NULL}};

static PyType_Spec spec = {"baton.door", sizeof(door), 0,
                           Py_TPFLAGS_DEFAULT |
                               Py_TPFLAGS_DISALLOW_INSTANTIATION |
                               Py_TPFLAGS_IMMUTABLETYPE,
                           slots};

int baton_py_init_door(baton_py_state *state, PyObject *module) {
  state->door = baton_py_new_type(module, &spec);
  return state->door ? 0 : -1;
}

static int set_up(int end) {
  return fcntl(end, F_SETFL, O_NONBLOCK) | fcntl(end, F_SETFD, FD_CLOEXEC);
}

PyObject *baton_py_new_door(PyObject *module, PyObject *none) {
  baton_py_state *state = *(baton_py_state **)PyModule_GetState(module);
  int ends[2];
  door *made;
  (void)none;
  if (pipe(ends) < 0) return PyErr_SetFromErrno(PyExc_OSError);
  made = set_up(ends[0]) | set_up(ends[1])
             ? (PyErr_SetFromErrno(PyExc_OSError), NULL)
             : PyObject_New(door, state->door);
  if (!made) {
    close(ends[0]);
    close(ends[1]);
    return NULL;
  }
  made->state = state;
  made->inside = ends[0];
  made->outside = ends[1];
  made->errands = NULL;
  made->process = 0;
  return (PyObject *)(void *)made;
}
