// SPDX-License-Identifier: MIT
//
// A C++ extension with the shim beside it, which is compiled as C.
#include "baton_python.h"

namespace {

struct answer_frame {
  baton_place at;
};

BATON_RESUME(answer_resume) {
  baton_begin(answer_frame, f);
  baton_return(baton_from_i64(42));
  baton_cleanup;
  baton_end;
}
BATON_CORO(answer, answer_resume, answer_frame, at, 0);

PyObject *make_answer(PyObject *, PyObject *) {
  const baton_python *py = baton_python_get();
  return py ? py->make(py, &answer, nullptr, 0) : nullptr;
}

PyMethodDef functions[] = {{"answer", make_answer, METH_NOARGS, nullptr},
                           {nullptr, nullptr, 0, nullptr}};
PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "plain",
    nullptr,
    0,
    functions,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
};

}  // namespace

PyMODINIT_FUNC PyInit_plain() { return PyModuleDef_Init(&definition); }
