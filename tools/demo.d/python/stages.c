/* SPDX-License-Identifier: MIT */
#include "baton_python.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "pipeline.h"
#include "progress.h"
#include "report.h"
#include "run.h"

/** @file
 * The module `stages`: the demo's C coroutines, for a program in Python.
 *
 *     run = stages.Run(names, source)   # of a name, source makes chunks
 *     await run.lane()                  # counts files until none is left
 *     run.report(json, seconds)
 */

static int run_traverse(PyObject *object, visitproc visit, void *arg) {
  python_run *self = (python_run *)object;
  Py_VISIT(Py_TYPE(object));
  Py_VISIT(self->names);
  Py_VISIT(self->source);
  return 0;
}

static void run_dealloc(PyObject *object) {
  python_run *self = (python_run *)object;
  PyTypeObject *type = Py_TYPE(object);
  PyObject_GC_UnTrack(object);
  baton_drop(&self->shared.lane);
  PyMem_Free(self->shared.files);
  Py_XDECREF(self->names);
  Py_XDECREF(self->source);
  type->tp_free(object);
  Py_DECREF(type);
}

static int run_init(PyObject *object, PyObject *arguments, PyObject *keywords) {
  python_run *self = (python_run *)object;
  (void)keywords;
  if (self->names) return 0;
  if (!PyArg_ParseTuple(arguments, "O!O", &PyTuple_Type, &self->names,
                        &self->source))
    return -1;
  Py_INCREF(self->names);
  Py_INCREF(self->source);
  self->py = baton_python_get();
  if (!self->py) return -1;
  size_t count = (size_t)PyTuple_GET_SIZE(self->names);
  self->shared.files = PyMem_Calloc(count + 1, sizeof(board_file));
  if (!self->shared.files) return PyErr_NoMemory(), -1;
  for (; self->shared.file_count < count; self->shared.file_count++) {
    PyObject *name =
        PyTuple_GET_ITEM(self->names, (Py_ssize_t)self->shared.file_count);
    if (!PyBytes_Check(name))
      return PyErr_SetString(PyExc_TypeError, "names are bytes"), -1;
    self->shared.files[self->shared.file_count].name = PyBytes_AS_STRING(name);
  }
  return 0;
}

static PyObject *run_lane(PyObject *object, PyObject *unused) {
  python_run *self = (python_run *)object;
  baton_value lane = baton_none();
  (void)unused;
  if (lane_new(&self->shared, &lane) != BATON_OK) return PyErr_NoMemory();
  if (baton_is_none(&self->shared.lane)) baton_copy(&lane, &self->shared.lane);
  return self->py->to_object(self->py, &lane);
}

/* Records who awaits whom, from `awaiter` and from the first lane down. */
static PyObject *run_record(PyObject *object, PyObject *awaiter) {
  python_run *self = (python_run *)object;
  baton_value root = self->py->from_object(self->py, awaiter);
  moment_record(&self->chain, &root, &self->shared);
  baton_drop(&root);
  baton_drop(&self->shared.lane);
  Py_RETURN_NONE;
}

static PyObject *run_draw(PyObject *object, PyObject *unused) {
  (void)unused;
  progress_draw(&((python_run *)object)->shared);
  Py_RETURN_NONE;
}

static PyObject *run_counts(PyObject *object, PyObject *unused) {
  const board *seen = &((python_run *)object)->shared;
  (void)unused;
  return Py_BuildValue(
      "{snsnsnsnsn}", "files", (Py_ssize_t)seen->file_count, "done",
      (Py_ssize_t)seen->done, "failed", (Py_ssize_t)seen->failed, "in_flight",
      (Py_ssize_t)seen->in_flight, "cancelled", (Py_ssize_t)seen->cancelled);
}

static PyObject *run_report(PyObject *object, PyObject *arguments) {
  python_run *self = (python_run *)object;
  report results = {
      .seen = &self->shared, .chain = &self->chain, .steps = self->steps};
  int json;
  if (!PyArg_ParseTuple(arguments, "pd", &json, &results.seconds)) return NULL;
  for (size_t i = 0; i < self->shared.file_count; i++)
    if (!self->shared.files[i].error)
      tally_add(&results.total, &self->shared.files[i].counted);
  if (json)
    report_json(&results);
  else
    report_table(&results);
  if (fflush(stdout) != 0 || ferror(stdout))
    return PyErr_SetFromErrno(PyExc_OSError);
  Py_RETURN_NONE;
}

static PyMethodDef run_methods[] = {
    {"lane", run_lane, METH_NOARGS, "A coroutine that counts files."},
    {"record", run_record, METH_O, "Records one suspended moment."},
    {"draw", run_draw, METH_NOARGS, "Draws the progress."},
    {"counts", run_counts, METH_NOARGS, "How many files are done, and so on."},
    {"report", run_report, METH_VARARGS, "Prints the results."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot run_slots[] = {{Py_tp_dealloc, run_dealloc},
                                  {Py_tp_traverse, run_traverse},
                                  {Py_tp_init, run_init},
                                  {Py_tp_methods, run_methods},
                                  {0, NULL}};

static PyType_Spec run_spec = {
    "stages.Run", sizeof(python_run), 0,
    Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_IMMUTABLETYPE,
    run_slots};

/* ---- The module -----------------------------------------------------------
 */

static PyObject *start_progress(PyObject *module, PyObject *unused) {
  (void)module, (void)unused;
  progress_start();
  Py_RETURN_NONE;
}

static PyObject *clear_progress(PyObject *module, PyObject *unused) {
  (void)module, (void)unused;
  progress_clear();
  Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"start_progress", start_progress, METH_NOARGS, "Shows progress."},
    {"clear_progress", clear_progress, METH_NOARGS, "Takes it away."},
    {NULL, NULL, 0, NULL}};

static int fill_module(PyObject *module) {
  PyObject *type = PyType_FromModuleAndSpec(module, &run_spec, NULL);
  char abi[16];
  if (!type || !baton_python_get()) return Py_XDECREF(type), -1;
  snprintf(abi, sizeof abi, "%d.%d", BATON_ABI_MAJOR, BATON_ABI_MINOR);
  int failed = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  if (!failed)
    failed =
        PyModule_AddStringConstant(module, "lib_version", baton_lib_version());
  if (!failed) failed = PyModule_AddStringConstant(module, "abi_version", abi);
  return failed ||
         PyModule_AddIntConstant(module, "LANES_MOST", BOARD_LANES_MOST);
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill_module}, {0, NULL}};

static PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                 .m_name = "stages",
                                 .m_methods = functions,
                                 .m_slots = slots};

PyMODINIT_FUNC PyInit_stages(void) { return PyModuleDef_Init(&definition); }
