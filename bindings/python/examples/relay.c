/* SPDX-License-Identifier: MIT */
/*
 * Depending on the package `baton` instead of carrying the shim: headers only,
 * nothing to link. Without libbaton the body is written by hand.
 */
#include <baton/python.h>

/* [body] */
typedef struct relay_frame {
  baton_value awaitable;
  int step;
} relay_frame;

static int32_t BATON_CALL relay_resume(const baton_value *self,
                                       baton_context *cx, uint32_t op,
                                       baton_value *in, baton_value *out) {
  relay_frame *f = baton_coro_frame(self);
  (void)cx;
  int waiting = op == BATON_OP_SEND && f->step++ == 0;
  *out = baton_take(waiting ? &f->awaitable : in);
  return waiting                ? BATON_AWAIT
         : op == BATON_OP_THROW ? BATON_ERROR
                                : BATON_RETURN;
}

static const baton_body relay = {
    .struct_size = sizeof(baton_body),
    .kind = BATON_KIND_COROUTINE,
    .frame_size = sizeof(relay_frame),
    .value_offset = offsetof(relay_frame, awaitable),
    .value_count = 1,
    .name = "relay",
    .file = __FILE__,
    .resume = relay_resume};

static PyObject *make_relay(PyObject *module, PyObject *argument) {
  const baton_python *py = baton_python_import();
  (void)module;
  return py ? py->make(py, &relay, &argument, 1) : NULL;
}
/* [/body] */

static PyMethodDef functions[] = {{"relay", make_relay, METH_O, NULL},
                                  {NULL, NULL, 0, NULL}};
static PyModuleDef definition = {
    .m_base = PyModuleDef_HEAD_INIT, .m_name = "relay", .m_methods = functions};

PyMODINIT_FUNC PyInit_relay(void) { return PyModuleDef_Init(&definition); }
