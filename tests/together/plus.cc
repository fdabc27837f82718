// SPDX-License-Identifier: MIT
//
// A C++ extension: what the C++ binding makes, as Python objects of the shim
// that is beside it.
#include "baton_python.h"

#include <baton/baton.hpp>

namespace {

using baton::value;

baton::task<value> relay(value awaitable) {
  co_return co_await std::move(awaitable);
}

baton::async_generator<value> items(value iterable) {
  baton::async_iterator<> from(iterable);
  while (auto item = co_await from.next()) co_yield std::move(*item);
}

baton::generator<int> count(value limit) {
  for (int i = 0; i < limit.to<int>(); i++) co_yield i;
}

baton::task<value> panics(value message) {
  throw baton::error(baton::kind::panic, message.to<std::string>());
  co_return value();
}

template <auto function>
PyObject *call(PyObject *, PyObject *argument) noexcept {
  const baton_python *py = baton_python_get();
  if (!py) return nullptr;
  value given = value::adopt(py->from_object(py, argument));
  baton_value made = value(function(std::move(given))).release();
  return py->to_object(py, &made);
}

PyObject *blocks(PyObject *, PyObject *) {
  baton_counters counters;
  baton_read_counters(&counters);
  return PyLong_FromUnsignedLongLong(counters.blocks);
}

PyMethodDef functions[] = {{"relay", call<relay>, METH_O, nullptr},
                           {"items", call<items>, METH_O, nullptr},
                           {"count", call<count>, METH_O, nullptr},
                           {"panics", call<panics>, METH_O, nullptr},
                           {"blocks", blocks, METH_NOARGS, nullptr},
                           {nullptr, nullptr, 0, nullptr}};

int execute(PyObject *) { return baton_python_get() ? 0 : -1; }

PyModuleDef_Slot slots[] = {{Py_mod_exec, reinterpret_cast<void *>(execute)},
#if PY_VERSION_HEX >= 0x030D0000
                            {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
                            {0, nullptr}};

PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "plus",
                          nullptr,
                          0,
                          functions,
                          slots,
                          nullptr,
                          nullptr,
                          nullptr};

}  // namespace

PyMODINIT_FUNC PyInit_plus() { return PyModuleDef_Init(&definition); }
