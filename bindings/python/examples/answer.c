/* SPDX-License-Identifier: MIT */
/*
 * The shortest: a module with one coroutine function.
 */
#include "baton_python.h"

/* [body] */
typedef struct answer_frame {
  baton_place at;
} answer_frame;

BATON_RESUME(answer_resume) {
  baton_begin(answer_frame, f);
  baton_return(baton_from_i64(42));
  baton_cleanup;
  baton_end;
}
BATON_CORO(answer, answer_resume, answer_frame, at, 0);
/* [/body] */

/* [function] */
static PyObject *make_answer(PyObject *module, PyObject *unused) {
  const baton_python *py = baton_python_get();
  (void)module, (void)unused;
  return py ? py->make(py, &answer, NULL, 0) : NULL;
}
/* [/function] */

static PyMethodDef functions[] = {{"answer", make_answer, METH_NOARGS, NULL},
                                  {NULL, NULL, 0, NULL}};
static PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                                 .m_name = "answer",
                                 .m_methods = functions};

PyMODINIT_FUNC PyInit_answer(void) { return PyModuleDef_Init(&definition); }
