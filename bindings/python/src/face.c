/* SPDX-License-Identifier: MIT */
#include "face.h"

#include <string.h>

#include <baton/author.h>

#include "coro.h"
#include "drive.h"

/* ---- Memory ------------------------------------------------------------ */

static size_t frame_size(const baton_body *body) {
  size_t size = body ? body->frame_size : sizeof(baton_py_shown);
  size = (size + 15) & ~(size_t)15;
  if (BATON_PY_FRAME + size < BATON_PY_FACE_SIZE_MIN)
    size = (BATON_PY_FACE_SIZE_MIN - BATON_PY_FRAME + 15) & ~(size_t)15;
  return size;
}

static baton_py_face *reuse(baton_py_state *state, PyTypeObject *type,
                            size_t class) {
  PyObject *kept = state->kept[class];
  if (!kept) return NULL;
  state->kept[class] = (PyObject *)((baton_py_face *)(void *)kept)->weakrefs;
  state->kept_count[class]--;
  if (Py_TYPE(kept) != type) {
    Py_INCREF(type);
    Py_DECREF(Py_TYPE(kept));
    Py_SET_TYPE(kept, type);
  }
  _Py_NewReference(kept);
  return (baton_py_face *)(void *)kept;
}

static inline baton_py_face *allocate(baton_py_state *state, PyTypeObject *type,
                                      size_t size) {
  size_t class = size / 16;
  baton_py_face *face = NULL;
  if (!BATON_PY_FREE_THREADED && class < BATON_PY_FREE_CLASSES)
    face = reuse(state, type, class);
  if (!face) {
    face = (baton_py_face *)(void *)PyObject_GC_NewVar(PyVarObject, type,
                                                       (Py_ssize_t)size);
    if (!face) return NULL;
  }
  memset((char *)face + sizeof(PyObject), 0,
         BATON_PY_FRAME + size - sizeof(PyObject));
  face->state = state;
  face->cleared = BATON_PY_FRAME_CLEARED;
  return face;
}

static void release_memory(baton_py_face *face) {
  baton_py_state *state = face->state;
  PyTypeObject *type = Py_TYPE(face);
  size_t class = frame_size(face->body) / 16;
  if (!BATON_PY_FREE_THREADED && class < BATON_PY_FREE_CLASSES &&
      state->kept_count[class] < BATON_PY_FREE_KEPT && state->module &&
      !(face->marks & BATON_PY_FINALIZED)) {
    face->weakrefs = state->kept[class];
    state->kept[class] = (PyObject *)face;
    state->kept_count[class]++;
    return; /* it keeps its reference to the type */
  }
  PyObject_GC_Del(face);
  Py_DECREF(type);
}

void baton_py_free_kept(baton_py_state *state) {
  for (int i = 0; i < BATON_PY_FREE_CLASSES; i++) {
    while (state->kept[i]) {
      baton_py_face *face = (baton_py_face *)(void *)state->kept[i];
      PyTypeObject *type = Py_TYPE(face);
      state->kept[i] = face->weakrefs;
      PyObject_GC_Del(face);
      Py_DECREF(type);
    }
    state->kept_count[i] = 0;
  }
}

baton_py_extra *baton_py_extra_of(baton_py_face *face) {
  if (!face->extra) {
    face->extra = PyMem_RawCalloc(1, sizeof *face->extra);
    if (!face->extra) PyErr_NoMemory();
  }
  return face->extra;
}

void baton_py_track_new(PyObject *object) {
  baton_py_mark((baton_py_face *)(void *)object, BATON_PY_TRACKED);
  PyObject_GC_Track(object);
}

/* ---- Making ------------------------------------------------------------ */

static int is_body(const baton_body *body) {
  if (body && body->struct_size >= sizeof *body && body->resume && body->name &&
      body->kind <= BATON_KIND_ASYNC_GENERATOR &&
      !(body->flags & ~(BATON_BODY_PLACE | BATON_BODY_SHARED |
                        BATON_BODY_AFFINE | BATON_BODY_HANDLING)) &&
      body->value_offset % sizeof(uint64_t) == 0 &&
      body->value_offset + (uint64_t)body->value_count * sizeof(baton_value) <=
          body->frame_size &&
      (!(body->flags & BATON_BODY_PLACE) ||
       body->frame_size >= sizeof(baton_place)))
    return 1;
  if (!body)
    PyErr_SetString(PyExc_SystemError, "baton: no body given");
  else if (body->struct_size < sizeof *body)
    PyErr_Format(PyExc_SystemError,
                 "baton: a body of %u bytes was given, this library needs %zu; "
                 "compile the module against its headers",
                 (unsigned)body->struct_size, sizeof *body);
  else
    PyErr_Format(PyExc_SystemError,
                 "baton: the body '%s' has a kind, flag, name, resume or frame "
                 "that cannot be; see baton_body in baton/runtime.h",
                 body->name ? body->name : "?");
  return 0;
}

static int take_arguments(baton_py_state *state, const baton_body *body,
                          void *frame, PyObject *const *args, Py_ssize_t count,
                          int *tracked) {
  baton_value *values = (void *)((char *)frame + body->value_offset);
  for (Py_ssize_t i = 0; i < count; i++) {
    values[i] = baton_py_from_object(state, args[i]);
    if (PyType_IS_GC(Py_TYPE(args[i])) && args[i] != Py_None) *tracked = 1;
  }
  return 0;
}

/* Bodies whose link needs more than a link live in libbaton's memory. */
static PyObject *make_apart(baton_py_state *state, const baton_body *body,
                            PyObject *const *args, Py_ssize_t count) {
  baton_value handle = baton_none();
  int tracked, status = baton_coro_new(body, &handle);
  if (status != BATON_OK) return PyErr_NoMemory();
  take_arguments(state, body, baton_coro_frame(&handle), args, count, &tracked);
  return baton_py_show(state, handle);
}

PyObject *baton_py_make(const baton_python *table, const baton_body *body,
                        PyObject *const *args, Py_ssize_t count) {
  baton_py_state *state = baton_py_state_of(table);
  if (baton_unlikely(!body || body != baton_load_relaxed(&state->checked))) {
    if (!is_body(body)) return NULL;
    baton_store_relaxed(&state->checked, body);
  }
  if (count > (Py_ssize_t)body->value_count) {
    PyErr_Format(PyExc_SystemError,
                 "baton: '%s' declares %u values, %zd arguments were given",
                 body->name, (unsigned)body->value_count, count);
    return NULL;
  }
  if (body->kind == BATON_KIND_ASYNC_GENERATOR ||
      (body->flags & (BATON_BODY_AFFINE | BATON_BODY_HANDLING)))
    return make_apart(state, body, args, count);

  PyTypeObject *type =
      body->kind == BATON_KIND_COROUTINE ? state->coroutine : state->generator;
  baton_py_face *face = allocate(state, type, frame_size(body));
  int tracked = BATON_PY_FREE_THREADED || body->traverse || body->drop;
  if (!face) return NULL;
  face->body = body;
  face->link.kind = body->kind;
  face->link.flags = BATON_PY_FREE_THREADED ? BATON_LINK_SHARED : 0;
  take_arguments(state, body, baton_py_frame(face), args, count, &tracked);
  if (body->kind == BATON_KIND_COROUTINE && baton_py_record_origin(face) < 0) {
    face->marks |= BATON_PY_FINALIZED; /* nobody has seen it */
    Py_DECREF(face);
    return NULL;
  }
  if (tracked) baton_py_track(face);
  return (PyObject *)face;
}

static PyTypeObject *type_of_handle(const baton_py_state *state,
                                    const baton_value *handle) {
  const baton_type *type = handle->head.type;
  const baton_introspect *table = baton_find(handle, BATON_EXT_INTROSPECT);
  uint32_t kind = BATON_KIND_COROUTINE;
  if (baton_find(handle, BATON_EXT_ASYNC_GENERATOR))
    return state->async_generator;
  if (type->as_async && type->as_async->am_anext) return state->async_generator;
  if (!type->as_coroutine) return NULL;
  if (type->as_link)
    kind = baton_link_of(handle)->kind;
  else if (table)
    table->kind(handle, &kind);
  if (kind == BATON_KIND_GENERATOR) return state->generator;
  if (kind == BATON_KIND_AWAITABLE)
    return strcmp(type->name, "async_generator_athrow") == 0 ? state->athrow
                                                             : state->asend;
  return state->coroutine;
}

/* ---- One face for each handle ------------------------------------------ */

/* state->faces leads to them without owning them: by address where a lock keeps
 * others out, by weak references elsewhere. */

/* @return the face of a key, owned, or null. */
static baton_py_face *find_face(const baton_py_state *state, PyObject *key) {
#if BATON_PY_FREE_THREADED
  PyObject *entry = NULL, *found = NULL;
  PyDict_GetItemRef(state->faces, key, &entry);
  if (entry) PyWeakref_GetRef(entry, &found);
  Py_XDECREF(entry);
  return (baton_py_face *)(void *)found;
#else
  PyObject *entry = PyDict_GetItemWithError(state->faces, key);
  return entry ? (baton_py_face *)(void *)Py_NewRef(
                     (PyObject *)PyLong_AsVoidPtr(entry))
               : NULL;
#endif
}

static PyObject *known_face(baton_py_state *state, const baton_value *handle) {
  PyObject *key = PyLong_FromVoidPtr(handle->payload.object);
  baton_py_face *known = key ? find_face(state, key) : NULL;
  Py_XDECREF(key);
  if (known && baton_py_handle(known)->head.type != handle->head.type)
    Py_CLEAR(known);
  return (PyObject *)known;
}

static int remember_face(baton_py_face *face) {
  PyObject *key = PyLong_FromVoidPtr(baton_py_handle(face)->payload.object);
  PyObject *entry = BATON_PY_FREE_THREADED
                        ? PyWeakref_NewRef((PyObject *)face, NULL)
                        : PyLong_FromVoidPtr(face);
  int result =
      key && entry ? PyDict_SetItem(face->state->faces, key, entry) : -1;
  Py_XDECREF(key);
  Py_XDECREF(entry);
  return result;
}

#if !BATON_PY_FREE_THREADED
/* Looks for a face by itself: where the stack is as deep as it may be, keys
 * cannot be compared. @return its key, borrowed, or null. */
static PyObject *search_key(const baton_py_face *face) {
  PyObject *key, *entry;
  Py_ssize_t at = 0;
  while (PyDict_Next(face->state->faces, &at, &key, &entry))
    if (PyLong_AsVoidPtr(entry) == (const void *)face) return key;
  return NULL;
}
#endif

/* Nobody finds it any more. */
static void forget_face(baton_py_face *face) {
  PyObject *before, *key;
  int there = 0;
  if (baton_py_is_hosted(face) || !face->state->faces ||
      face->link.kind == BATON_KIND_AWAITABLE)
    return;
  before = baton_py_raised();
  key = PyLong_FromVoidPtr(baton_py_handle(face)->payload.object);
#if BATON_PY_FREE_THREADED
  /* The reference without a callback is the first of an object's. */
  PyObject *entry = NULL;
  if (key) PyDict_GetItemRef(face->state->faces, key, &entry);
  there = entry && entry == face->weakrefs;
  Py_XDECREF(entry);
#else
  PyObject *entry =
      key ? PyDict_GetItemWithError(face->state->faces, key) : NULL;
  if (!entry && PyErr_Occurred()) {
    PyErr_Clear();
    Py_XSETREF(key, Py_XNewRef(search_key(face)));
    there = key != NULL;
  } else {
    there = entry && PyLong_AsVoidPtr(entry) == (void *)face;
  }
#endif
  if (there) PyDict_DelItem(face->state->faces, key);
  Py_XDECREF(key);
  PyErr_Clear();
  baton_py_set_raised(before);
}

static PyObject *new_face(baton_py_state *state, PyTypeObject *type,
                          baton_value *handle) {
  int once = type == state->asend || type == state->athrow, failed = 0;
  baton_py_face *face = allocate(state, type, frame_size(NULL));
  if (!face) return NULL;
  face->marks = BATON_PY_HANDLE;
  face->link.kind = type == state->generator ? BATON_KIND_GENERATOR
                    : type == state->async_generator
                        ? BATON_KIND_ASYNC_GENERATOR
                    : type == state->coroutine ? BATON_KIND_COROUTINE
                                               : BATON_KIND_AWAITABLE;
  *baton_py_handle(face) = baton_take(handle);
  if (!once) failed = remember_face(face) < 0;
  if (type == state->coroutine && !failed)
    failed = baton_py_record_origin(face) < 0;
  if (failed) {
    Py_DECREF(face);
    return NULL;
  }
  baton_py_track(face);
  return (PyObject *)face;
}

PyObject *baton_py_show(baton_py_state *state, baton_value handle) {
  PyTypeObject *type = type_of_handle(state, &handle);
  PyObject *face = NULL;
  if (!type) {
    baton_drop(&handle);
    PyErr_SetString(PyExc_TypeError, "baton: this value cannot be driven");
    return NULL;
  }
  BATON_PY_LOCK((PyObject *)type);
  /* What an async generator gives is new each time. */
  if (type != state->asend && type != state->athrow)
    face = known_face(state, &handle);
  if (!face && !PyErr_Occurred()) face = new_face(state, type, &handle);
  BATON_PY_UNLOCK;
  baton_drop(&handle);
  return face;
}

void baton_py_hold_generator(baton_py_face *step, baton_py_face *generator) {
  baton_py_shown *shown = baton_py_shown_of(step);
  BATON_PY_LOCK((PyObject *)generator);
  shown->generator = (baton_py_face *)(void *)Py_NewRef((PyObject *)generator);
  shown->next = generator->extra->steps;
  shown->place = &generator->extra->steps;
  if (shown->next) baton_py_shown_of(shown->next)->place = &shown->next;
  generator->extra->steps = step;
  BATON_PY_UNLOCK;
}

static void leave_generator(baton_py_face *step) {
  baton_py_shown *shown = baton_py_shown_of(step);
  PyObject *generator = (PyObject *)shown->generator;
  if (!generator) return;
  BATON_PY_LOCK(generator);
  *shown->place = shown->next;
  if (shown->next) baton_py_shown_of(shown->next)->place = shown->place;
  shown->generator = NULL;
  BATON_PY_UNLOCK;
  Py_DECREF(generator);
}

/* ---- Its state --------------------------------------------------------- */

uint32_t baton_py_face_state(const baton_py_face *face) {
  uint32_t state = face->link.state;
  const baton_introspect *table;
  baton_value value = baton_py_value_of(face);
  if (baton_py_is_hosted(face)) {
    baton_link_state_of(&value, &state);
    return state;
  }
  if ((face->marks & BATON_PY_ENDED) || !baton_is_object(&value))
    return BATON_CLOSED;
  table = baton_find(&value, BATON_EXT_INTROSPECT);
  if (table) table->state(&value, &state);
  return state;
}

/* ---- Cycles ------------------------------------------------------------ */

/* What a hosted object's frame and link hold. */
static int32_t walk_held(const baton_py_face *face, baton_py_walk *walk) {
  const baton_body *body = face->body;
  char *frame = baton_py_frame(face);
  const baton_value *values = (void *)(frame + body->value_offset);
  const baton_value *child = &face->link.owner;
  uint8_t now = baton_load(&face->link.state);
  int32_t result;
  if (now == BATON_CLOSED) return 0;
  if (baton_is_none(child)) child = &face->link.handle;
  result = baton_py_walk_one(child, walk);
  if (now == BATON_RUNNING) return result; /* its body may be moving them */
  for (uint32_t i = 0; i < body->value_count && !result; i++)
    result = baton_py_walk_one(&values[i], walk);
  if (!result && (body->flags & BATON_BODY_PLACE))
    result = baton_py_walk_one(&((baton_place *)(void *)frame)->outcome, walk);
  if (!result && body->traverse)
    result = body->traverse(frame, baton_py_walk_one, walk);
  return result;
}

/* The native links of an async generator and of its awaitables hold each other:
 * the generator's face visits for all of them. */
static int32_t walk_shown(const baton_py_face *face, baton_py_walk *walk) {
  const baton_py_face *step = face->extra ? face->extra->steps : NULL;
  int32_t result = baton_py_walk_one(baton_py_handle(face), walk);
  for (; step && !result; step = baton_py_shown_of(step)->next)
    result = baton_py_walk_one(baton_py_handle(step), walk);
  return result;
}

/* Whether faces alone hold the native link. */
static int is_ours(const baton_py_face *face) {
  const baton_value *handle = baton_py_handle(face);
  const baton_py_face *step = face->extra ? face->extra->steps : NULL;
  uint32_t known = 1;
  for (; step; step = baton_py_shown_of(step)->next) {
    const baton_value *link = baton_py_handle(step);
    if (baton_py_owners(link) != 1) return 0;
    known++;
    if (baton_link_of(link)->handle.payload.object == handle->payload.object)
      known++;
  }
  return baton_py_owners(handle) == known;
}

int baton_py_face_traverse(PyObject *self, visitproc visit, void *arg) {
  baton_py_face *face = (baton_py_face *)(void *)self;
  baton_py_walk walk;
  Py_VISIT(Py_TYPE(self));
  if (face->extra) {
    Py_VISIT(face->extra->name);
    Py_VISIT(face->extra->qualname);
    Py_VISIT(face->extra->origin);
    Py_VISIT(face->extra->parked);
    Py_VISIT(face->extra->finalizer);
    Py_VISIT(face->extra->refused);
    if (face->extra->waker) Py_VISIT(baton_py_waker_wakes(face->extra->waker));
  }
  if (!baton_py_is_hosted(face) && face->link.kind == BATON_KIND_AWAITABLE &&
      baton_py_shown_of(face)->generator) {
    Py_VISIT((PyObject *)baton_py_shown_of(face)->generator);
    return 0;
  }
  baton_py_walk_begin(&walk, face->state, visit, arg);
  return baton_py_walk_end(&walk, baton_py_is_hosted(face)
                                      ? walk_held(face, &walk)
                                      : walk_shown(face, &walk));
}

/* ---- The end ----------------------------------------------------------- */

static void forget_handle(baton_py_face *face) {
  forget_face(face);
  baton_value handle = baton_take(baton_py_handle(face));
  if (baton_is_none(&handle)) return;
  /* What nobody brought to its end goes without one, as CPython's does. */
  if ((face->marks & BATON_PY_LEFT) && baton_py_owners(&handle) == 1 &&
      baton_link_state(baton_link_of(&handle)) == BATON_SUSPENDED) {
    baton_value held = baton_unhang(baton_link_of(&handle));
    baton_link_set(baton_link_of(&handle), BATON_CLOSED);
    handle.head.type->as_link->ended(&handle);
    baton_drop(&held);
  }
  baton_py_quiet++; /* its face has given the notice */
  baton_drop(&handle);
  baton_py_quiet--;
  leave_generator(face);
}

static void let_go(baton_py_face *face) {
  baton_value self = baton_py_value_of(face);
  if (baton_py_is_hosted(face)) {
    if (baton_load(&face->link.state) == BATON_RUNNING) return;
    if (face->link.state != BATON_CLOSED) { /* it did not end */
      baton_value held = baton_unhang(&face->link);
      baton_link_set(&face->link, BATON_CLOSED);
      self.head.type->as_link->ended(&self);
      baton_drop(&held);
    }
  } else {
    forget_handle(face);
  }
  baton_py_extra *extra = face->extra;
  while (extra && extra->steps) leave_generator(extra->steps);
  if (extra) {
    PyObject *name = extra->name, *qualname = extra->qualname,
             *origin = extra->origin, *parked = extra->parked,
             *finalizer = extra->finalizer, *refused = extra->refused;
    baton_py_waker *waker = extra->waker;
    face->extra = NULL;
    PyMem_RawFree(extra);
    Py_XDECREF(name);
    Py_XDECREF(qualname);
    Py_XDECREF(origin);
    Py_XDECREF(parked);
    Py_XDECREF(finalizer);
    Py_XDECREF(refused);
    if (waker) {
      baton_py_waker_set(waker, NULL, NULL);
      baton_py_waker_drop(waker);
    }
  }
}

int baton_py_face_clear(PyObject *self) {
  const baton_py_face *face = (baton_py_face *)(void *)self;
  if (!baton_py_is_hosted(face) && baton_is_link(baton_py_handle(face)) &&
      baton_link_of(baton_py_handle(face))->returns_to)
    return 0; /* lent to a link, which lets go first */
  let_go((baton_py_face *)(void *)self);
  return 0;
}

static void close_quietly(baton_py_face *face) {
  PyObject *result = baton_py_close(face);
  if (result)
    Py_DECREF(result);
  else
    baton_py_unraisable("closing generator", (PyObject *)face);
}

static void finalize_awaitable(baton_py_face *face) {
#if BATON_PY_HAS(3, 13)
  baton_value *handle = baton_py_handle(face);
  const baton_introspect *table = baton_find(handle, BATON_EXT_INTROSPECT);
  baton_text_view name = {"asend", 5};
  PyObject *qualname;
  if (baton_py_face_state(face) != BATON_CREATED) return;
  if (table) table->name(handle, &name);
  qualname = baton_py_qualname((PyObject *)face, NULL);
  if (qualname)
    baton_py_warn_method_unawaited((PyObject *)face, name.data, qualname);
  Py_XDECREF(qualname);
#else
  (void)face;
#endif
}

void baton_py_face_finalize(PyObject *self) {
  baton_py_face *face = (baton_py_face *)(void *)self;
  uint32_t state;
  PyObject *before;
  face->marks |= BATON_PY_FINALIZED;
  if (!baton_py_is_hosted(face) &&
      (baton_is_none(baton_py_handle(face)) || !is_ours(face)))
    return; /* somebody else has it; its provider sees to its end */
  state = baton_py_face_state(face);
  if (state == BATON_CLOSED || state == BATON_RUNNING) return;
  if (BATON_PY_FREE_THREADED && baton_load(&face->link.state) == BATON_ATTACHED)
    return; /* only who drives the chain may close it */
  before = baton_py_raised();
  if (face->link.kind == BATON_KIND_AWAITABLE) {
    finalize_awaitable(face);
  } else if (face->link.kind == BATON_KIND_ASYNC_GENERATOR && face->extra &&
             face->extra->finalizer && baton_coro_body(baton_py_handle(face)) &&
             !baton_coro_extra_of(baton_py_handle(face))->ag_closed) {
    PyObject *result;
    face->marks |= BATON_PY_LEFT;
    result = PyObject_CallOneArg(face->extra->finalizer, self);
    if (!result) baton_py_unraisable("finalizing generator", self);
    Py_XDECREF(result);
  } else if (face->link.kind == BATON_KIND_COROUTINE &&
             state == BATON_CREATED) {
    PyObject *qualname = baton_py_qualname(self, NULL);
    if (qualname) baton_py_warn_unawaited(self, qualname);
    Py_XDECREF(qualname);
  } else {
    close_quietly(face);
  }
  baton_py_set_raised(before);
}

void baton_py_face_dealloc(PyObject *self) {
  baton_py_face *face = (baton_py_face *)(void *)self;
  int closed = baton_py_is_hosted(face) && face->link.state == BATON_CLOSED;
  if (!closed && !(face->marks & BATON_PY_FINALIZED)) {
    baton_py_track(face);
    if (PyObject_CallFinalizerFromDealloc(self)) return; /* revived */
  }
  if (face->marks & BATON_PY_TRACKED) {
    PyObject_GC_UnTrack(self);
    face->marks &= (uint8_t)~BATON_PY_TRACKED;
  }
  if (face->weakrefs) {
    forget_face(face); /* before their callbacks may ask for it */
    PyObject_ClearWeakRefs(self);
  }
  if (!closed || face->extra) {
    Py_TRASHCAN_BEGIN(self, baton_py_face_dealloc) let_go(face);
    release_memory(face);
    Py_TRASHCAN_END return;
  }
  release_memory(face);
}

PyMemberDef baton_py_face_members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(baton_py_face, weakrefs),
     READONLY, NULL},
    {NULL, 0, 0, 0, NULL}};
