/* SPDX-License-Identifier: MIT */
#include <semaphore.h>

#include "../c/nap.h"
#include "interpreter.h"

/* The module good_host: what the bodies need and Python has not. */

static const baton_python *host;

static PyObject *nap(PyObject *self, PyObject *ignored) {
  (void)self, (void)ignored;
  return host->make(host, nap_body, NULL, 0);
}

/* Waits for threads that never want the interpreter's lock: wakers do not. */
static PyObject *blocks(PyObject *self, PyObject *ignored) {
  baton_counters counters;
  (void)self, (void)ignored;
  naps_wait();
  baton_thread_flush();
  baton_read_counters(&counters);
  return PyLong_FromUnsignedLongLong(counters.blocks + counters.leaked);
}

/* Runs on that thread, whose own store of blocks is no leak. */
static void end_marker(PyObject *capsule) {
  baton_thread_flush();
  sem_post(PyCapsule_GetPointer(capsule, "good_host.marker"));
}

/* Waits until what other threads have released is gone: a thread without the
 * interpreter's lock leaves that to one of the binding's. */
static PyObject *settle(PyObject *self, PyObject *ignored) {
  sem_t gone;
  (void)self, (void)ignored;
  sem_init(&gone, 0, 0);
  PyObject *marker = PyCapsule_New(&gone, "good_host.marker", end_marker);
  if (!marker) return NULL;
  baton_value last = host->from_object(host, marker);
  Py_DECREF(marker);
  Py_BEGIN_ALLOW_THREADS /* so that it is left to that thread too */
      baton_drop(&last);
  sem_wait(&gone);
  Py_END_ALLOW_THREADS sem_destroy(&gone);
  Py_RETURN_NONE;
}

PyObject *host_module(const baton_python *py) {
  static PyMethodDef methods[] = {
      {"nap", nap, METH_NOARGS, "A coroutine that a thread wakes."},
      {"blocks", blocks, METH_NOARGS, "How many blocks libbaton holds."},
      {"settle", settle, METH_NOARGS, "Waits for what is being released."},
      {NULL, NULL, 0, NULL}};
  static PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "good_host",
                                   .m_size = -1, .m_methods = methods};
  host = py;
  return PyModule_Create(&definition);
}
