/* SPDX-License-Identifier: MIT */
#include "interpreter.h"

/* The provider: each function of the module's EXPORTS, by its name. */

/* The arguments as Python's objects. What fails takes none of them (PRV-3). */
static PyObject *arguments_of(const baton_python *py,
                              const baton_value *arguments, uint64_t count) {
  PyObject *tuple = PyTuple_New((Py_ssize_t)count);
  for (uint64_t i = 0; tuple && i < count; i++) {
    baton_value copy;
    int32_t status = baton_copy(&arguments[i], &copy);
    PyObject *object = NULL;
    if (status == BATON_OK)
      object = py->to_object(py, &copy);
    else
      py->raise_refusal(py, status, &arguments[i]);
    if (object)
      PyTuple_SET_ITEM(tuple, (Py_ssize_t)i, object);
    else
      Py_CLEAR(tuple);
  }
  return tuple;
}

/* Whether what comes can be counted at all (TYP-2). @return BATON_OK, or what
 * refuses it. */
static int32_t check(const baton_value *arguments, uint64_t count) {
  int32_t status = BATON_OK;
  for (uint64_t i = 0; i < count && status == BATON_OK; i++)
    if (baton_is_object(&arguments[i]))
      status = baton_type_check(arguments[i].head.type, NULL);
  return status;
}

static int32_t call(const interpreter *python, const char *name,
                    const baton_value *arguments, uint64_t count,
                    baton_value *out) {
  const baton_python *py = python->py;
  PyObject *function = PyDict_GetItemString(python->exports, name);
  PyObject *given = arguments_of(py, arguments, count);
  PyObject *made =
      function && given ? PyObject_CallObject(function, given) : NULL;
  int32_t status = made ? BATON_OK : py->fail(py, out);
  if (made) *out = py->from_object(py, made);
  Py_XDECREF(made);
  Py_XDECREF(given);
  return status;
}

static int32_t BATON_CALL create(const baton_export *self, baton_context *cx,
                                 baton_value *arguments, uint64_t count,
                                 baton_value *out) {
  const interpreter *python = interpreter_get();
  baton_python_guard guard;
  int32_t status = check(arguments, count);
  if (status != BATON_OK) return status;
  if (!python->py || python->py->enter(python->py, cx, &guard) < 0)
    return BATON_UNSUPPORTED;
  status = call(python, self->name, arguments, count, out);
  python->py->leave(&guard);
  if (status == BATON_OK)
    for (uint64_t i = 0; i < count; i++) baton_drop(&arguments[i]);
  return status;
}

/* kit.live(): a number that can be read without the interpreter */
static int32_t BATON_CALL create_live(const baton_export *self,
                                      baton_context *cx, baton_value *arguments,
                                      uint64_t count, baton_value *out) {
  baton_value object = baton_none();
  int32_t status = create(self, cx, arguments, count, &object);
  const baton_scalar *scalar = baton_find(&object, BATON_EXT_SCALAR);
  baton_python_guard guard;
  if (!scalar ||
      interpreter_get()->py->enter(interpreter_get()->py, cx, &guard) < 0) {
    *out = baton_take(&object);
    return status;
  }
  status = scalar->get(&object, out);
  interpreter_get()->py->leave(&guard);
  baton_drop(&object);
  return status;
}

#define EXPORT(name, summary) {sizeof(baton_export), 0, name, summary, create}

static const baton_export functions[] = {
    EXPORT("kit.give", "returns v"),
    EXPORT("kit.echo", "yields v, returns what is sent"),
    EXPORT("kit.fail", "raises a kind, with a message"),
    EXPORT("kit.raise", "raises e"),
    EXPORT("kit.relay", "awaits x"),
    EXPORT("kit.pair", "awaits x, then y"),
    EXPORT("kit.rescue", "returns the error of x"),
    EXPORT("kit.guard", "awaits x, finally y"),
    EXPORT("kit.alike", "whether x and y fail alike"),
    EXPORT("kit.last", "returns the last item of x"),
    EXPORT("kit.nap", "is woken by a thread"),
    EXPORT("kit.nil", "returns None"),
    EXPORT("kit.true", "returns True"),
    EXPORT("kit.one", "returns 1"),
    EXPORT("kit.count", "yields 0 ... n-1"),
    EXPORT("kit.delegate", "yields from x"),
    EXPORT("kit.items", "hands its arguments"),
    EXPORT("kit.mirror", "hands what it is sent"),
    EXPORT("kit.tidy", "hands v twice, finally awaits y"),
    EXPORT("kit.stubborn", "hands v, and again when it is closed"),
    EXPORT("kit.run", "drives x to its end"),
    EXPORT("kit.object", "makes an object"),
    EXPORT("kit.same", "whether two are one"),
    {sizeof(baton_export), 0, "kit.live", "counts objects", create_live}};

static const baton_export *const exports[] = {
    &functions[0],  &functions[1],  &functions[2],  &functions[3],
    &functions[4],  &functions[5],  &functions[6],  &functions[7],
    &functions[8],  &functions[9],  &functions[10], &functions[11],
    &functions[12], &functions[13], &functions[14], &functions[15],
    &functions[16], &functions[17], &functions[18], &functions[19],
    &functions[20], &functions[21], &functions[22], &functions[23]};

BATON_API const baton_provider *BATON_CALL baton_provider_v0(void);
BATON_API const baton_provider *BATON_CALL baton_provider_v0(void) {
  static const baton_provider provider = {
      .struct_size = sizeof provider,
      .abi_major = BATON_ABI_MAJOR,
      .abi_minor = BATON_ABI_MINOR,
      .magic = BATON_PROVIDER_MAGIC,
      .name = GOOD_NAME,
      .version = "1.0.0",
      .language = GOOD_LANGUAGE,
      .exports = exports,
      .export_count = sizeof exports / sizeof exports[0]};
  return &provider;
}
