/* SPDX-License-Identifier: MIT */
#include <dlfcn.h>
#include <string.h>

#include "host.h"

/* Values in Python's hands, unconverted: so that what one library makes goes to
 * another as itself. And the libraries, which make them. */

typedef struct wrapper {
  PyObject_HEAD baton_value value;
} wrapper;

typedef struct library {
  PyObject_HEAD const baton_provider *provider;
} library;

static PyTypeObject *wrapper_type, *library_type;

static void wrapper_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  baton_drop(&((wrapper *)(void *)self)->value);
  type->tp_free(self);
  Py_DECREF(type);
}

PyObject *host_wrap(baton_value *value) {
  wrapper *made = PyObject_New(wrapper, wrapper_type);
  if (!made) {
    baton_drop(value);
    return NULL;
  }
  made->value = baton_take(value);
  return (PyObject *)made;
}

baton_value host_take(PyObject *object) {
  if (Py_TYPE(object) == wrapper_type)
    return baton_take(&((wrapper *)(void *)object)->value);
  const baton_python *py = baton_python_find();
  return py->from_object(py, object);
}

static PyObject *show(PyObject *self, PyObject *none) {
  const baton_python *py = baton_python_find();
  baton_value value = host_take(self);
  (void)none;
  return py->to_object(py, &value);
}

static PyObject *copy(PyObject *self, PyObject *none) {
  baton_value made;
  (void)none;
  if (baton_copy(&((wrapper *)(void *)self)->value, &made) != BATON_OK) {
    PyErr_SetString(PyExc_RuntimeError, "the value refuses to be copied");
    return NULL;
  }
  return host_wrap(&made);
}

static baton_context own_context(void) {
  return (baton_context){.struct_size = sizeof(baton_context),
                         .abi_major = BATON_ABI_MAJOR,
                         .abi_minor = BATON_ABI_MINOR};
}

/* Sends none as another driver would; raises the error or refusal. */
static PyObject *intrude(PyObject *self, PyObject *none) {
  const baton_python *py = baton_python_find();
  const baton_value *value = &((wrapper *)(void *)self)->value;
  baton_context cx = own_context();
  baton_value handle = baton_none(), in = baton_none(), out = baton_none();
  int32_t status = baton_await_handle(value, &cx, &out);
  (void)none;
  if (status == BATON_OK) {
    handle = baton_take(&out);
    status = baton_send(&handle, &cx, &in, &out);
  }
  if (baton_is_refusal(status)) {
    out = baton_error_from_refusal(status, &handle);
    status = BATON_ERROR;
  }
  baton_drop(&handle);
  if (status != BATON_ERROR) {
    baton_drop(&out);
    Py_RETURN_NONE;
  }
  py->raise(py, &out);
  return NULL;
}

/* ---- Libraries --------------------------------------------------------- */

static const baton_export *find(const baton_provider *provider,
                                const char *name) {
  for (uint64_t i = 0; i < provider->export_count; i++)
    if (strcmp(provider->exports[i]->name, name) == 0)
      return provider->exports[i];
  PyErr_Format(PyExc_LookupError, "%s has no export '%s'", provider->name,
               name);
  return NULL;
}

static PyObject *outcome(int32_t status, baton_value *out) {
  if (status == BATON_OK) return host_wrap(out);
  const baton_python *py = baton_python_find();
  if (status != BATON_ERROR)
    *out =
        baton_error_new(BATON_ERROR_RUNTIME, "create refused: %d", (int)status);
  py->raise(py, out);
  return NULL;
}

/* make(name, *arguments): wrappers among them lose their values. */
static PyObject *make(PyObject *self, PyObject *const *arguments,
                      Py_ssize_t count) {
  const baton_provider *provider = ((library *)(void *)self)->provider;
  const char *name = count ? PyUnicode_AsUTF8(arguments[0]) : NULL;
  const baton_export *export = name ? find(provider, name) : NULL;
  baton_value values[8], out = baton_none();
  baton_context cx = own_context();
  int32_t status;
  if (!export || count > 8) return NULL;
  for (Py_ssize_t i = 1; i < count; i++)
    values[i - 1] = host_take(arguments[i]);
  status = export->create(export, &cx, values, (uint64_t)count - 1, &out);
  for (Py_ssize_t i = 1; i < count; i++) baton_drop(&values[i - 1]);
  return outcome(status, &out);
}

typedef struct ringing {
  const baton_export *export;
  baton_value what;
} ringing;

static void *ring_it(void *arg) {
  ringing *it = arg;
  baton_context cx = own_context();
  baton_value out = baton_none();
  it->export->create(it->export, &cx, &it->what, 1, &out);
  baton_drop(&out);
  return NULL;
}

/* ring(what): the export "ring", on another thread, without the GIL. */
static PyObject *ring(PyObject *self, PyObject *what) {
  ringing it = {find(((library *)(void *)self)->provider, "ring"),
                baton_none()};
  long number = PyLong_AsLong(what);
  if (!it.export || (number == -1 && PyErr_Occurred())) return NULL;
  it.what = baton_from_i64(number);
  Py_BEGIN_ALLOW_THREADS host_elsewhere(ring_it, &it);
  Py_END_ALLOW_THREADS Py_RETURN_NONE;
}

PyObject *host_load(PyObject *module, PyObject *path) {
  void *opened = dlopen(PyUnicode_AsUTF8(path), RTLD_NOW | RTLD_LOCAL);
  void *symbol = opened ? dlsym(opened, BATON_PROVIDER_SYMBOL) : NULL;
  baton_provider_entry entry;
  library *made;
  (void)module;
  if (!symbol) return PyErr_Format(PyExc_ImportError, "%s", dlerror());
  memcpy(&entry, &symbol, sizeof entry);
  made = PyObject_New(library, library_type);
  if (made) made->provider = entry();
  return (PyObject *)made;
}

/* ---- Types ------------------------------------------------------------- */

#define FAST(function) (PyCFunction)(void (*)(void))(function)

static PyMethodDef wrapper_methods[] = {
    {"show", show, METH_NOARGS, "The value's Python object; it is taken."},
    {"copy", copy, METH_NOARGS, "A value with a reference of its own."},
    {"intrude", intrude, METH_NOARGS, "Sends none, as another driver."},
    {NULL, NULL, 0, NULL}};

static PyMethodDef library_methods[] = {
    {"make", FAST(make), METH_FASTCALL, "Makes the export of a name."},
    {"ring", ring, METH_O, "Wakes what sleeps in the library."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot wrapper_slots[] = {{Py_tp_methods, wrapper_methods},
                                      {Py_tp_dealloc, (void *)wrapper_dealloc},
                                      {0, NULL}};
static PyType_Slot library_slots[] = {{Py_tp_methods, library_methods},
                                      {0, NULL}};

int host_init_value(PyObject *module) {
  static PyType_Spec wrapper_spec = {"interop_host.value", sizeof(wrapper), 0,
                                     Py_TPFLAGS_DEFAULT, wrapper_slots};
  static PyType_Spec library_spec = {"interop_host.library", sizeof(library), 0,
                                     Py_TPFLAGS_DEFAULT, library_slots};
  (void)module;
  wrapper_type = (PyTypeObject *)PyType_FromSpec(&wrapper_spec);
  library_type = (PyTypeObject *)PyType_FromSpec(&library_spec);
  return wrapper_type && library_type ? 0 : -1;
}
