/* SPDX-License-Identifier: MIT */
/*
 * The other direction: C drives a Python awaitable to its end.
 */
#include "module.h"

/* [drive] */
static PyObject *run(PyObject *module, PyObject *awaitable) {
  const baton_python *py = table_of(module);
  baton_context cx = {.struct_size = sizeof cx,
                      .abi_major = BATON_ABI_MAJOR,
                      .abi_minor = BATON_ABI_MINOR,
                      .accepts = BATON_ACCEPT_YIELD};
  baton_value object = py->from_object(py, awaitable);
  baton_value coroutine = baton_none(), in = baton_none(), out = baton_none();
  int32_t status = baton_await_handle(&object, &cx, &out);
  if (status == BATON_OK) {
    coroutine = baton_take(&out);
    status = baton_send(&coroutine, &cx, &in, &out);
  }
  while (status == BATON_YIELD) { /* this driver knows only bare yields */
    int bare = baton_is_none(&out);
    baton_drop(&out);
    in = bare ? baton_none()
              : baton_error_new(BATON_ERROR_RUNTIME, "no running event loop");
    status = bare ? baton_send(&coroutine, &cx, &in, &out)
                  : baton_throw(&coroutine, &cx, &in, &out);
    baton_drop(&in);
  }
  if (baton_is_refusal(status)) out = baton_error_from_refusal(status, &object);
  baton_drop(&coroutine);
  baton_drop(&object);
  if (status == BATON_RETURN) return py->to_object(py, &out);
  py->raise(py, &out);
  return NULL;
}
/* [/drive] */

static PyMethodDef functions[] = {{"run", run, METH_O, NULL},
                                  {NULL, NULL, 0, NULL}};
EXAMPLE_MODULE(drive, functions)
