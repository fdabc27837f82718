/* SPDX-License-Identifier: MIT */
#ifndef BATON_PYTHON_H
#define BATON_PYTHON_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <baton/runtime.h>

/** @file
 * Baton in CPython: one coroutine, one generator and one async generator type
 * for all extensions of an interpreter.
 *
 * Whoever comes first, the wheel or an extension that carries the shim
 * (baton_python.c), makes the types and publishes a table of functions in the
 * interpreter; everyone else uses that table. It is versioned by its size and
 * by the ABI's numbers, not by the library's.
 *
 * All functions want an attached thread state (the GIL), and the table of its
 * interpreter. Errors are Python exceptions unless said otherwise.
 *
 * A body that has released the GIL must not hand on the context that it was
 * given until it has it again: it makes a context of its own.
 */

#ifdef __cplusplus
extern "C" {
#endif

/** The entry in the interpreter's dictionary, and the name of its capsule. */
#define BATON_PYTHON_KEY "baton.python"
#define BATON_PYTHON_MAGIC 0x59505442u /* "BTPY" */

typedef struct baton_python baton_python;

/** What `enter` has done, for `leave`. */
typedef struct baton_python_guard {
  void *reserved[8];
} baton_python_guard;

struct baton_python {
  /* The permanent prefix: the same in every future major. */
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint16_t abi_major;
  uint16_t abi_minor;
  uint32_t magic; /**< BATON_PYTHON_MAGIC */
  uint32_t reserved0;
  const char *provider; /**< who made the types: "libbaton 0.1.0" */
  /* End of the permanent prefix. */

  void *state; /**< the maker's own */

  /* Borrowed; they live as long as the interpreter. */
  PyTypeObject *coroutine;
  PyTypeObject *generator;
  PyTypeObject *async_generator;
  PyObject *panic_exception; /**< a BaseException: errors of kind panic */

  /**
   * Makes an object of the shared type in state CREATED. The frame is zeroed;
   * the first `count` values that `body` declares become `args`.
   *
   * What the frame holds beyond `args` before the first send is known to the
   * cycle collector only after `track`.
   */
  PyObject *(*make)(const baton_python *self, const baton_body *body,
                    PyObject *const *args, Py_ssize_t count);

  /** The frame of an object that `make` made. */
  void *(*frame)(PyObject *object);

  /** Shows an object to the cycle collector. */
  void (*track)(PyObject *object);

  /**
   * Makes the Python object of a value, which is taken. Python's own objects
   * come home as they are; a handle becomes an object of a shared type, the
   * same one as long as it lives; an error becomes an exception.
   */
  PyObject *(*to_object)(const baton_python *self, baton_value *value);

  /**
   * Makes the value of a borrowed object: none of None, a bool of True and
   * False, a link of what `make` made, and the object itself of any other;
   * awaiting one that shows a handle drives that handle. Cannot fail.
   */
  baton_value (*from_object)(const baton_python *self, PyObject *object);

  /**
   * Makes the value that a body yields of an object that a Python iterator has
   * yielded to it, which is taken. The same as `from_object`, but that a native
   * driver can wait for it where a loop of Python's could (wait/1). `cx` is the
   * body's.
   */
  baton_value (*yielded)(const baton_python *self, const baton_context *cx,
                         PyObject *object);

  /** Raises an error, which is taken, as a Python exception. */
  void (*raise)(const baton_python *self, baton_value *error);

  /** Raises what a refusal by `culprit` is to whoever awaits it. */
  void (*raise_refusal)(const baton_python *self, int32_t status,
                        const baton_value *culprit);

  /** Takes the exception that is set; without one, a SystemError. */
  baton_value (*caught)(const baton_python *self);

  /** What a body returns from a failed call of Python: puts the exception
   * that is set into `*out`. @return BATON_ERROR. */
  int32_t (*fail)(const baton_python *self, baton_value *out);

  /**
   * Attaches this thread to the interpreter, unless it is, for a body or a
   * destructor that is called where Python may not be: those of async
   * generators, and of bodies flagged AFFINE or HANDLING. Not needed in others.
   *
   * @param cx the context of a body that is to run: what it calls of Python can
   *   wait for its driver; or null. @return 0, and `leave` is to be called; or
   *   -1 without an exception: the interpreter ends, and what is held is left.
   */
  int (*enter)(const baton_python *self, const baton_context *cx,
               baton_python_guard *guard);
  void (*leave)(baton_python_guard *guard);

  /**
   * Wraps a callable that returns coroutines, or async generators, so that
   * `inspect.iscoroutinefunction`, or `isasyncgenfunction`, is true of it. The
   * result binds as a method where a function would.
   */
  PyObject *(*coroutine_function)(const baton_python *self, PyObject *callable);
  PyObject *(*async_generator_function)(const baton_python *self,
                                        PyObject *callable);

  const void *reserved[4]; /**< null */
};

/**
 * The table of the current interpreter. The shim's makes the types if nobody
 * has. @return null with ImportError if the table that is there is of another
 * major version of the ABI: the text names both and the remedy.
 */
const baton_python *baton_python_get(void);

/** The same for extensions without the shim: it imports the package `baton`
 * if nobody has made the types yet. */
static inline const baton_python *baton_python_import(void);

/* ---- What the above is made of ---------------------------------------- */

/** Checks a table that somebody made. @return it, or null with ImportError. */
static inline const baton_python *baton_python_check(
    const baton_python *table) {
  if (table->magic != BATON_PYTHON_MAGIC ||
      table->abi_major != BATON_ABI_MAJOR) {
    PyErr_Format(PyExc_ImportError,
                 "baton: this module is built for version %d.%d of the ABI, "
                 "and '%s' has brought version %d.%d into this interpreter; "
                 "upgrade the one with the lower version",
                 BATON_ABI_MAJOR, BATON_ABI_MINOR,
                 table->provider ? table->provider : "another module",
                 table->abi_major, table->abi_minor);
    return NULL;
  }
  if (table->struct_size < offsetof(baton_python, reserved)) {
    PyErr_Format(PyExc_ImportError,
                 "baton: '%s' offers a table of %u bytes, this module needs "
                 "%u; upgrade the former, or import this module first",
                 table->provider ? table->provider : "another module",
                 (unsigned)table->struct_size,
                 (unsigned)offsetof(baton_python, reserved));
    return NULL;
  }
  return table;
}

/** The table that is published, null without an exception if there is none. */
static inline const baton_python *baton_python_find(void) {
  PyObject *home = PyInterpreterState_GetDict(PyInterpreterState_Get());
  PyObject *capsule =
      home ? PyDict_GetItemString(home, BATON_PYTHON_KEY) : NULL;
  const baton_python *table;
  if (!capsule) return NULL;
  table = (const baton_python *)PyCapsule_GetPointer(capsule, BATON_PYTHON_KEY);
  return table ? baton_python_check(table) : NULL;
}

static inline const baton_python *baton_python_import(void) {
  const baton_python *table = baton_python_find();
  PyObject *module;
  if (table || PyErr_Occurred()) return table;
  module = PyImport_ImportModule("baton");
  if (!module) return NULL;
  Py_DECREF(module);
  table = baton_python_find();
  if (!table && !PyErr_Occurred())
    PyErr_SetString(PyExc_ImportError,
                    "baton: the package 'baton' that was imported is not the "
                    "one that has the shared types; check sys.path");
  return table;
}

#ifdef __cplusplus
}
#endif

#endif
