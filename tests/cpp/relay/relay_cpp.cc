/* SPDX-License-Identifier: MIT */
#include "bodies.hpp"
#include "bridge.hpp"

/* The module of tests/python/ext/relay.c, of C++ coroutines. Python gets each
 * by `to_object`; with `native` the inner ones are awaited by C++ itself. */

namespace {

using baton::value;
using bridge::object;

struct arguments {
  PyObject *target = nullptr, *name = nullptr, *qualname = nullptr; /* lent */
  int depth = 1, native = 0, quiet = 0;

  bool parse(PyObject *positional, PyObject *keywords) {
    static const char *names[] = {"target",   "depth", "native", "name",
                                  "qualname", "quiet", nullptr};
    return PyArg_ParseTupleAndKeywords(
        positional, keywords, "O|ipOOp", const_cast<char **>(names), &target,
        &depth, &native, &name, &qualname, &quiet);
  }
};

/* None, like a name that is not given, leaves the relay's. */
object named(object made, const arguments &given) {
  const std::pair<const char *, PyObject *> names[] = {
      {"__name__", given.name}, {"__qualname__", given.qualname}};
  for (auto [attribute, name] : names)
    if (name && name != Py_None &&
        PyObject_SetAttrString(made.get(), attribute, name) < 0)
      bridge::throw_set();
  return made;
}

/* Objects in a row, of which each awaits the next through Python. */
template <class Sort>
object row(const arguments &given) {
  object made(Py_NewRef(given.target));
  for (int i = 0; i < given.depth; i++)
    made = bridge::to_object(Sort::relay(
        bodies::target(bridge::from_object(made.get()), given.quiet)));
  return made;
}

/* One object: the outermost of a chain. */
template <class Sort>
object chain(const arguments &given) {
  typename Sort::made made = Sort::relay(
      bodies::target(bridge::from_object(given.target), given.quiet));
  for (int i = 1; i < given.depth; i++)
    made = Sort::relay(bodies::target(std::move(made), given.quiet));
  return bridge::to_object(std::move(made));
}

template <class Sort>
PyObject *relay(PyObject *, PyObject *positional, PyObject *keywords) {
  arguments given;
  if (!given.parse(positional, keywords)) return nullptr;
  if (given.depth < 1) {
    PyErr_SetString(PyExc_ValueError, "depth must be 1 or more");
    return nullptr;
  }
  return bridge::call([&] {
    return named(given.native ? chain<Sort>(given) : row<Sort>(given), given);
  });
}

/* `native` and `quiet` make no difference here. */
PyObject *async_generator(PyObject *, PyObject *positional,
                          PyObject *keywords) {
  arguments given;
  if (!given.parse(positional, keywords)) return nullptr;
  return bridge::call([&] {
    object made(Py_NewRef(given.target));
    for (int i = 0; i < given.depth; i++)
      made = bridge::to_object(
          bodies::async_generator::relay(bridge::from_object(made.get())));
    return named(std::move(made), given);
  });
}

PyMethodDef method(const char *name, PyCFunctionWithKeywords function) {
  auto *any = reinterpret_cast<void (*)()>(function);
  return {name, reinterpret_cast<PyCFunction>(any),
          METH_VARARGS | METH_KEYWORDS, nullptr};
}

int fill(PyObject *) { return baton_python_get() ? 0 : -1; }

PyMethodDef methods[] = {method("coroutine", relay<bodies::coroutine>),
                         method("generator", relay<bodies::generator>),
                         method("async_generator", async_generator),
                         {}};

PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(fill)},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {}};

PyModuleDef definition = {.m_base = PyModuleDef_HEAD_INIT,
                          .m_name = "relay_cpp",
                          .m_methods = methods,
                          .m_slots = slots};

}  // namespace

PyMODINIT_FUNC PyInit_relay_cpp() { return PyModuleDef_Init(&definition); }
