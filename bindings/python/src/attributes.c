/* SPDX-License-Identifier: MIT */
#include "coro.h"
#include "drive.h"
#include "face.h"
#include "guard.h"

static baton_py_face *face_of(PyObject *self) {
  return (baton_py_face *)(void *)self;
}

/* ---- Names ------------------------------------------------------------- */

static PyObject *native_name(PyObject *self, int qualified) {
  baton_py_face *face = face_of(self);
  baton_value value = baton_py_value_of(face);
  const baton_introspect *table;
  baton_text_view view = {NULL, 0};
  if (baton_py_is_hosted(face)) {
    const baton_body *body = face->body;
    return PyUnicode_FromString(
        qualified && body->qualified_name ? body->qualified_name : body->name);
  }
  table = baton_find(&value, BATON_EXT_INTROSPECT);
  if (table && qualified && table->qualified_name)
    table->qualified_name(&value, &view);
  else if (table)
    table->name(&value, &view);
  if (!view.data) return PyUnicode_FromString(baton_type_name(&value));
  return PyUnicode_DecodeUTF8(view.data, (Py_ssize_t)view.size, "replace");
}

PyObject *baton_py_name(PyObject *self, void *closure) {
  baton_py_extra *extra = face_of(self)->extra;
  (void)closure;
  return extra && extra->name ? Py_NewRef(extra->name) : native_name(self, 0);
}

PyObject *baton_py_qualname(PyObject *self, void *closure) {
  baton_py_extra *extra = face_of(self)->extra;
  (void)closure;
  return extra && extra->qualname ? Py_NewRef(extra->qualname)
                                  : native_name(self, 1);
}

static int set_text(PyObject *self, PyObject *value, const char *name,
                    size_t offset) {
  baton_py_extra *extra;
  PyObject **place, *old;
  if (!value || !PyUnicode_Check(value)) {
    PyErr_Format(PyExc_TypeError, "%s must be set to a string object", name);
    return -1;
  }
  extra = baton_py_extra_of(face_of(self));
  if (!extra) return -1;
  place = (PyObject **)(void *)((char *)extra + offset);
  old = *place;
  *place = Py_NewRef(value);
  Py_XDECREF(old);
  return 0;
}

int baton_py_set_name(PyObject *self, PyObject *value, void *closure) {
  (void)closure;
  return set_text(self, value, "__name__", offsetof(baton_py_extra, name));
}

int baton_py_set_qualname(PyObject *self, PyObject *value, void *closure) {
  (void)closure;
  return set_text(self, value, "__qualname__",
                  offsetof(baton_py_extra, qualname));
}

PyObject *baton_py_face_repr(PyObject *self) {
  PyObject *qualname = baton_py_qualname(self, NULL), *repr;
  if (!qualname) return NULL;
  repr = PyUnicode_FromFormat("<%s object %S at %p>", Py_TYPE(self)->tp_name,
                              qualname, self);
  Py_DECREF(qualname);
  return repr;
}

/* ---- States ------------------------------------------------------------ */

/* An async generator runs, to Python, as long as one of its awaitables does. */
static int generator_runs(const baton_py_face *face) {
  const baton_value *handle = baton_py_handle(face);
  uint32_t state = baton_py_face_state(face);
  if (baton_coro_body(handle))
    return baton_load(&baton_coro_extra_of(handle)->ag_running) != 0;
  if (baton_is_link(handle) &&
      baton_load(&baton_link_of(handle)->state) == BATON_ATTACHED)
    return 1;
  return state == BATON_RUNNING;
}

PyObject *baton_py_running(PyObject *self, void *closure) {
  baton_py_face *face = face_of(self);
  (void)closure;
  if (face->link.kind == BATON_KIND_ASYNC_GENERATOR)
    return PyBool_FromLong(generator_runs(face));
  return PyBool_FromLong(baton_py_face_state(face) == BATON_RUNNING);
}

PyObject *baton_py_suspended(PyObject *self, void *closure) {
  (void)closure;
  return PyBool_FromLong(baton_py_face_state(face_of(self)) == BATON_SUSPENDED);
}

PyObject *baton_py_state_name(PyObject *self, void *closure) {
  static const char *const prefixes[] = {"CORO", "GEN", "AGEN", "CORO"};
  static const char *const names[] = {"CREATED", "RUNNING", "SUSPENDED",
                                      "CLOSED"};
  baton_py_face *face = face_of(self);
  (void)closure;
  return PyUnicode_FromFormat("%s_%s", prefixes[face->link.kind & 3],
                              names[baton_py_face_state(face) & 3]);
}

/* ---- What it awaits ---------------------------------------------------- */

PyObject *baton_py_awaited(PyObject *self, void *closure) {
  baton_py_face *face = face_of(self);
  baton_value value = baton_py_value_of(face), awaited = baton_none();
  const baton_introspect *table;
  uint32_t state = baton_py_face_state(face);
  (void)closure;
  if (state != BATON_SUSPENDED) Py_RETURN_NONE;
  if (face->extra && face->extra->parked && !baton_is_link(&value))
    return Py_NewRef(face->extra->parked);
  if (baton_is_link(&value)) {
    if (baton_py_look(face, &awaited) != BATON_OK) awaited = baton_none();
  } else {
    table = baton_find(&value, BATON_EXT_INTROSPECT);
    if (table && table->delegated_to &&
        table->delegated_to(&value, &awaited) != BATON_OK)
      awaited = baton_none();
  }
  if (baton_is_none(&awaited) && face->extra && face->extra->parked)
    return Py_NewRef(face->extra->parked);
  return baton_py_to_object(face->state, &awaited);
}

/* ---- Where it is ------------------------------------------------------- */

int baton_py_where(const baton_py_face *face, baton_frame *out) {
  const baton_body *body = face->body;
  baton_value value = baton_py_value_of(face);
  if (!body) {
    const baton_introspect *table = baton_find(&value, BATON_EXT_INTROSPECT);
    return table && table->location && table->location(&value, out) == BATON_OK;
  }
  if (!body->file) return 0;
  out->language = body->language ? body->language : "c";
  out->function = body->qualified_name ? body->qualified_name : body->name;
  out->file = body->file;
  out->line = 0;
  if (body->line_of && baton_load(&face->link.state) != BATON_CLOSED)
    out->line = body->line_of(baton_py_frame(face));
  if (!out->line) out->line = body->line;
  out->flags = BATON_FRAME_STATIC;
  return 1;
}

/* A frame is named as its object is now. */
static void where_at_all(const baton_py_face *face, baton_frame *out) {
  const char *name = NULL;
  if (!baton_py_where(face, out))
    *out = (baton_frame){"native", "native", "", 1, BATON_FRAME_STATIC};
  if (face->extra && face->extra->name)
    name = PyUnicode_AsUTF8(face->extra->name);
  else if (face->body)
    name = face->body->name;
  if (name) out->function = name;
  PyErr_Clear();
}

PyObject *baton_py_code(PyObject *self, void *closure) {
  baton_frame where;
  (void)closure;
  where_at_all(face_of(self), &where);
  if (face_of(self)->body) where.line = face_of(self)->body->line;
  return baton_py_code_of(face_of(self)->state, &where);
}

PyObject *baton_py_frame_object(PyObject *self, void *closure) {
  baton_frame where;
  (void)closure;
  if (baton_py_face_state(face_of(self)) == BATON_CLOSED) Py_RETURN_NONE;
  where_at_all(face_of(self), &where);
  PyObject *frame = baton_py_frame_of(face_of(self)->state, &where);
#if !BATON_PY_HAS(3, 11)
  if (frame && baton_py_face_state(face_of(self)) == BATON_CREATED)
    ((PyFrameObject *)(void *)frame)->f_lasti = -1;
#endif
  return frame;
}

/* ---- Where it was made ------------------------------------------------- */

PyObject *baton_py_origin(PyObject *self, void *closure) {
  baton_py_extra *extra = face_of(self)->extra;
  (void)closure;
  return Py_NewRef(extra && extra->origin ? extra->origin : Py_None);
}

static PyObject *origin_of(int depth) {
  PyObject *entries = PyList_New(0), *result, *entry;
  PyFrameObject *frame = PyEval_GetFrame(), *back;
  Py_XINCREF(frame);
  for (int i = 0; entries && frame && i < depth; i++) {
    PyCodeObject *code = PyFrame_GetCode(frame);
    entry = Py_BuildValue("OiO", code->co_filename,
                          PyFrame_GetLineNumber(frame), code->co_name);
    Py_DECREF(code);
    if (!entry || PyList_Append(entries, entry) < 0) Py_CLEAR(entries);
    Py_XDECREF(entry);
    back = PyFrame_GetBack(frame);
    Py_DECREF(frame);
    frame = back;
  }
  Py_XDECREF(frame);
  result = entries ? PyList_AsTuple(entries) : NULL;
  Py_XDECREF(entries);
  return result;
}

int baton_py_record_origin(baton_py_face *face) {
  int depth = PyThreadState_Get()->coroutine_origin_tracking_depth;
  if (baton_likely(depth == 0)) return 0;
  if (!baton_py_extra_of(face)) return -1;
  face->extra->origin = origin_of(depth);
  return face->extra->origin ? 0 : -1;
}

/* ---- Others ------------------------------------------------------------ */

PyObject *baton_py_sizeof(PyObject *self, PyObject *none) {
  baton_py_face *face = face_of(self);
  size_t frame = face->body ? face->body->frame_size : sizeof(baton_value);
  (void)none;
  return PyLong_FromSize_t(BATON_PY_FRAME + ((frame + 15) & ~(size_t)15));
}

int baton_py_refuse_set(PyObject *self, PyObject *value, void *closure) {
  (void)self;
  (void)value;
  (void)closure;
  PyErr_SetString(PyExc_AttributeError, "readonly attribute");
  return -1;
}

PyObject *baton_py_refuse_reduce(PyObject *self, PyObject *none) {
  (void)none;
  return PyErr_Format(PyExc_TypeError, "cannot pickle '%s' object",
                      Py_TYPE(self)->tp_name);
}
