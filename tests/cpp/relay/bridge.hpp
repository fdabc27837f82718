/* SPDX-License-Identifier: MIT */
#ifndef RELAY_BRIDGE_HPP
#define RELAY_BRIDGE_HPP

#include <baton/python.h>

#include <baton/baton.hpp>
#include <memory>
#include <utility>

/** @file
 * Python's objects and exceptions as those of C++. All of it wants the GIL. */

namespace bridge {

using baton::value;

struct decref {
  void operator()(PyObject *held) const noexcept { Py_DECREF(held); }
};
/** An owned reference. */
using object = std::unique_ptr<PyObject, decref>;

/** Each interpreter has its own table. */
inline const baton_python *table() { return baton_python_find(); }

/** Throws the Python exception that is set. */
[[noreturn]] inline void throw_set() {
  const baton_python *py = table();
  throw baton::error(value::adopt(py->caught(py)));
}

/** Owns what a call of Python gave, or throws what it raised. */
inline object owned(PyObject *given) {
  if (!given) throw_set();
  return object(given);
}

inline value from_object(PyObject *borrowed) {
  const baton_python *py = table();
  return value::adopt(py->from_object(py, borrowed));
}

inline object to_object(value given) {
  const baton_python *py = table();
  baton_value taken = given.release();
  return owned(py->to_object(py, &taken));
}

/** Calls a function for Python: what it throws is raised. */
template <class F>
PyObject *call(F function) noexcept {
  try {
    return function().release();
  } catch (...) {
    const baton_python *py = table();
    baton_value thrown = baton::error_value(std::current_exception()).release();
    py->raise(py, &thrown);
    return nullptr;
  }
}

}  // namespace bridge

#endif
