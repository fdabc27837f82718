/* SPDX-License-Identifier: MIT */
#include <baton/python.h>

#include "merge.hpp"

/* The module stage_cpp. */

using reference = std::shared_ptr<PyObject>;

static reference owned(PyObject *object) { return {object, Py_DecRef}; }

baton::value aclose(const baton::value &stream) {
  const baton_python *py = baton_python_get();
  baton_value copy = stream.copy().release();
  reference closing, object = owned(py->to_object(py, &copy));
  if (object)
    closing = owned(PyObject_CallMethod(object.get(), "aclose", nullptr));
  if (!closing) throw baton::error(baton::value::adopt(py->caught(py)));
  return baton::value::adopt(py->from_object(py, closing.get()));
}

namespace {

std::vector<baton::value> values_of(const baton_python *py, PyObject *list) {
  std::vector<baton::value> values;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++)
    values.push_back(
        baton::value::adopt(py->from_object(py, PyList_GET_ITEM(list, i))));
  return values;
}

void tell(PyObject *left) {
  PyObject *result = PyObject_CallFunction(left, "ss", "c++", "merge");
  if (!result) PyErr_WriteUnraisable(left);
  Py_XDECREF(result);
}

PyObject *make_merge(PyObject *module, PyObject *arguments) {
  auto py = *static_cast<const baton_python **>(PyModule_GetState(module));
  PyObject *streams, *left;
  if (!PyArg_ParseTuple(arguments, "O!O:merge", &PyList_Type, &streams, &left))
    return nullptr;
  try {
    reference kept = owned(Py_NewRef(left));
    baton::value made =
        merge(values_of(py, streams), [kept] { tell(kept.get()); });
    baton_value raw = made.release();
    return py->to_object(py, &raw);
  } catch (...) {
    baton_value error = baton::error_value(std::current_exception()).release();
    py->raise(py, &error);
    return nullptr;
  }
}

int keep_table(PyObject *module) {
  auto state = static_cast<const baton_python **>(PyModule_GetState(module));
  *state = baton_python_get();
  return *state ? 0 : -1;
}

PyMethodDef methods[] = {
    {"merge", make_merge, METH_VARARGS,
     "merge(streams, left)\n--\n\n"
     "The items of a list of async generators, as they come."},
    {nullptr, nullptr, 0, nullptr}};

PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void *>(keep_table)},
                            {0, nullptr}};

PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "stage_cpp",
                          nullptr,
                          sizeof(const baton_python *),
                          methods,
                          slots,
                          nullptr,
                          nullptr,
                          nullptr};

}  // namespace

PyMODINIT_FUNC PyInit_stage_cpp() { return PyModuleDef_Init(&definition); }
