/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "await.h"
#include "coro.h"
#include "drive.h"
#include "face.h"
#include "foreign.h"
#include "object.h"
#include "origin.h"
#include "owners.h"

/* ---- Values that Python cannot show ------------------------------------ */

PyObject *baton_py_new_opaque(baton_py_state *state, baton_value *value,
                              int of_error) {
  baton_py_opaque *made = PyObject_GC_New(baton_py_opaque, state->opaque);
  if (!made) {
    baton_drop(value);
    return NULL;
  }
  made->state = state;
  made->value = baton_take(value);
  made->of_error = of_error;
  made->frames = made->entries = 0;
  PyObject_GC_Track(made);
  return (PyObject *)made;
}

/* A pickled exception comes back without it. */
static PyObject *opaque_reduce(PyObject *self, PyObject *none) {
  (void)none;
  if (((baton_py_opaque *)(void *)self)->of_error)
    return Py_BuildValue("O()", (PyObject *)Py_TYPE(Py_None));
  return PyErr_Format(PyExc_TypeError, "cannot pickle '%s' object",
                      Py_TYPE(self)->tp_name);
}

static PyMethodDef opaque_methods[] = {
    {"__reduce__", opaque_reduce, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};

static void opaque_dealloc(PyObject *self) {
  PyTypeObject *type = Py_TYPE(self);
  PyObject_GC_UnTrack(self);
  if (((baton_py_opaque *)(void *)self)->of_error)
    baton_py_forget_origin((baton_py_opaque *)(void *)self);
  baton_drop(&((baton_py_opaque *)(void *)self)->value);
  PyObject_GC_Del(self);
  Py_DECREF(type);
}

static int opaque_traverse(PyObject *self, visitproc visit, void *arg) {
  baton_py_opaque *opaque = (baton_py_opaque *)(void *)self;
  Py_VISIT(Py_TYPE(self));
  baton_py_walk walk;
  baton_py_walk_begin(&walk, opaque->state, visit, arg);
  return baton_py_walk_end(&walk, baton_py_walk_one(&opaque->value, &walk));
}

static PyObject *opaque_await(PyObject *self) {
  baton_py_opaque *opaque = (baton_py_opaque *)(void *)self;
  return baton_py_await_foreign(opaque->state, &opaque->value);
}

static PyObject *opaque_repr(PyObject *self) {
  return PyUnicode_FromFormat(
      "<baton value of type '%s'>",
      baton_type_name(&((baton_py_opaque *)(void *)self)->value));
}

int baton_py_init_value(baton_py_state *state, PyObject *module) {
  static PyType_Slot slots[] = {
      {Py_tp_dealloc, opaque_dealloc}, {Py_tp_traverse, opaque_traverse},
      {Py_tp_repr, opaque_repr},       {Py_am_await, opaque_await},
      {Py_tp_methods, opaque_methods}, {0, NULL}};
  static PyType_Spec spec = {"baton.value", sizeof(baton_py_opaque), 0,
                             Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC |
                                 Py_TPFLAGS_DISALLOW_INSTANTIATION |
                                 Py_TPFLAGS_IMMUTABLETYPE,
                             slots};
  state->opaque = (PyTypeObject *)PyType_FromModuleAndSpec(module, &spec, NULL);
  return state->opaque ? 0 : -1;
}

/* ---- To Python --------------------------------------------------------- */

static PyObject *scalar_to_object(baton_py_state *state, baton_value *value) {
  switch (value->head.tag) {
    case BATON_TAG_NONE:
      Py_RETURN_NONE;
    case BATON_TAG_BOOL:
      return PyBool_FromLong(value->payload.u64 != 0);
    case BATON_TAG_I64:
      return PyLong_FromLongLong(value->payload.i64);
    case BATON_TAG_U64:
      return PyLong_FromUnsignedLongLong(value->payload.u64);
    case BATON_TAG_F64:
      return PyFloat_FromDouble(value->payload.f64);
    case BATON_TAG_ERROR_KIND: {
      int made;
      return baton_py_exception(state, value, &made);
    }
    default:
      return baton_py_new_opaque(state, value, 0);
  }
}

/* Refuses one whose type breaks the contract or needs another one. Its release
 * is called if there may be one. */
static int is_usable(baton_value *value) {
  const char *why = NULL;
  const baton_type *type = value->head.type;
  if (baton_likely(baton_type_check(type, &why) == BATON_OK)) return 1;
  if (!baton_can_release(type)) {
    PyErr_Format(PyExc_TypeError, "the value cannot be used: %s", why);
    *value = baton_none();
    return 0;
  }
  PyErr_Format(PyExc_TypeError, "'%.100s' cannot be used: %s", type->name, why);
  baton_drop(value);
  return 0;
}

static PyObject *foreign_to_object(baton_py_state *state, baton_value *value) {
  const baton_type *type = value->head.type;
  const baton_text *text;
  const baton_bytes *bytes;
  PyObject *result;
  int made;
  if (!is_usable(value)) return NULL;
  text = baton_find(value, BATON_EXT_TEXT);
  bytes = baton_find(value, BATON_EXT_BYTES);
  if (text) {
    baton_text_view view;
    if (text->view(value, &view) == BATON_OK) {
      result = PyUnicode_DecodeUTF8(view.data, (Py_ssize_t)view.size, "strict");
      baton_drop(value);
      return result;
    }
  }
  if (bytes) {
    baton_bytes_view view;
    if (bytes->view(value, &view) == BATON_OK) {
      result = PyBytes_FromStringAndSize((const char *)view.data,
                                         (Py_ssize_t)view.size);
      baton_drop(value);
      return result;
    }
  }
  if (type->as_error) return baton_py_exception(state, value, &made);
  if (type->as_coroutine || (type->as_async && type->as_async->am_anext))
    return baton_py_show(state, baton_take(value));
  return baton_py_new_opaque(state, value, 0);
}

PyObject *baton_py_to_object(baton_py_state *state, baton_value *value) {
  PyObject *object;
  if (baton_is_none(value)) Py_RETURN_NONE;
  if (baton_likely(value->head.type == &state->object)) {
    object = value->payload.object;
    *value = baton_none();
    return object;
  }
  if (!baton_is_object(value)) return scalar_to_object(state, value);
  if (value->head.type == &state->arguments) {
    int made;
    return baton_py_exception(state, value, &made);
  }
  if (baton_py_is_object(state, value, &object)) {
    *value = baton_none();
    return object;
  }
  return foreign_to_object(state, value);
}

/* ---- From Python ------------------------------------------------------- */

baton_value baton_py_from_object(baton_py_state *state, PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  baton_value value;
  if (object == Py_None) return baton_none();
  if (object == Py_True || object == Py_False)
    return baton_from_bool(object == Py_True);
  /* One that shows a handle goes as an object, so that the handle keeps its
   * one owner, which the collector needs; its am_await lends the handle. */
  if ((type == state->coroutine || type == state->generator) &&
      baton_py_is_hosted((baton_py_face *)(void *)object)) {
    Py_INCREF(object);
    return baton_py_value_of((baton_py_face *)(void *)object);
  }
  if (type == state->opaque &&
      baton_copy(&((baton_py_opaque *)(void *)object)->value, &value) ==
          BATON_OK)
    return value;
  if (PyExceptionInstance_Check(object) &&
      baton_py_leaves_as_error(state, object, &value))
    return value;
  if (PyExceptionInstance_Check(object) &&
      !(type->tp_as_async && type->tp_as_async->am_await))
    return baton_from_object(&state->exception, Py_NewRef(object));
  return baton_py_object_value(state, Py_NewRef(object));
}

baton_value baton_py_told(baton_py_state *state, PyObject *object) {
  baton_value handle;
  object = baton_py_unwrapped(state, object);
  if (baton_py_is_face(state, object) &&
      !baton_py_is_hosted((baton_py_face *)(void *)object) &&
      baton_copy(baton_py_handle((baton_py_face *)(void *)object), &handle) ==
          BATON_OK &&
      !baton_is_none(&handle)) {
    baton_py_look_through((baton_py_face *)(void *)object, &handle);
    return handle;
  }
  return baton_py_from_object(state, object);
}

/* ---- Cycles ------------------------------------------------------------ */

/* All copies of libbaton count their references in the link's own word. */
uint32_t baton_py_owners(const baton_value *value) {
  const baton_type *type = value->head.type;
  const baton_owners *owners;
  if (!type->provider || strcmp(type->provider->name, baton_library.name) != 0)
    return 0;
  if (baton_is_link(value)) return baton_load(&baton_link_of(value)->count);
  owners = baton_find(value, BATON_EXT_OWNERS);
  return owners ? owners->count(value) : 0;
}

/* @return whether that was the last of its owners. */
static int found_last(baton_py_walk *walk, const void *object,
                      uint32_t owners) {
  int at = 0;
  while (at < walk->shared_count && walk->shared[at].object != object) at++;
  if (at == BATON_PY_WALK) return 0;
  if (at == walk->shared_count) {
    walk->shared[at].object = object;
    walk->shared[at].found = 0;
    walk->shared_count++;
  }
  if (++walk->shared[at].found < owners) return 0;
  walk->shared[at] = walk->shared[--walk->shared_count];
  return 1;
}

void baton_py_walk_begin(baton_py_walk *walk, baton_py_state *state,
                         visitproc visit, void *arg) {
  walk->state = state;
  walk->visit = visit;
  walk->arg = arg;
  walk->waiting_count = walk->shared_count = 0;
}

int32_t BATON_CALL baton_py_walk_one(const baton_value *held, void *arg) {
  baton_py_walk *walk = arg;
  PyObject *object;
  uint32_t owners;
  if (!baton_is_object(held)) return 0;
  if (baton_py_is_object(walk->state, held, &object))
    return walk->visit(object, walk->arg);
  owners = held->head.type->traverse ? baton_py_owners(held) : 0;
  if (owners && walk->waiting_count < BATON_PY_WALK &&
      (owners == 1 || found_last(walk, held->payload.object, owners)))
    walk->waiting[walk->waiting_count++] = *held;
  return 0;
}

int baton_py_walk_end(baton_py_walk *walk, int32_t result) {
  while (!result && walk->waiting_count) {
    const baton_value next = walk->waiting[--walk->waiting_count];
    if (!baton_is_link(&next) ||
        baton_load(&baton_link_of(&next)->state) != BATON_RUNNING)
      result = next.head.type->traverse(&next, baton_py_walk_one, walk);
  }
  return result;
}
