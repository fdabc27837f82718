/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "atomic.h"
#include "memory.h"
#include "object.h"
#include "owners.h"

/* A frame as kept: `copy` holds the strings if they are not static. */
typedef struct copied_text {
  struct copied_text *next; /* of those whose frame has gone */
  size_t size;
  char text[];
} copied_text;

typedef struct kept_frame {
  baton_frame frame;
  copied_text *copy;
} kept_frame;

#define FIRST BATON_FRAMES_KEPT
#define ALL (2 * BATON_FRAMES_KEPT)

struct error {
  uint32_t count;
  uint32_t kind;
  uint32_t lock;  /* of the frames */
  uint32_t room;  /* frames allocated: 0, 8, ALL */
  uint32_t lent;  /* `frames` was called: its strings are somewhere */
  uint64_t added; /* frames ever added; the last ones form a ring */
  union {
    kept_frame *frames;
    struct error *next; /* of those to be freed */
  };
  copied_text *retired; /* strings of frames that have gone */
  baton_value payload;
  baton_value cause;
  baton_value context;
  uint64_t size; /* of the message */
  char message[];
};

static const baton_type error_type;

static struct error *error_of(const baton_value *self) {
  return self->payload.object;
}

static int is_own(const baton_value *value) {
  return value->head.type == &error_type;
}

/* ---- Frames ----------------------------------------------------------- */

static void lock(struct error *error) {
  while (baton_exchange(&error->lock, 1)) {
  }
}

static void unlock(struct error *error) { baton_store(&error->lock, 0); }

static uint32_t slot_of(uint64_t index) {
  return index < FIRST ? (uint32_t)index
                       : FIRST + (uint32_t)((index - FIRST) % FIRST);
}

static const char *append(char **place, const char *text) {
  char *start = *place;
  size_t size = strlen(text) + 1;
  memcpy(start, text, size);
  *place += size;
  return start;
}

static int copy_strings(kept_frame *kept) {
  baton_frame *frame = &kept->frame;
  char *place;
  kept->copy = NULL;
  if (frame->flags & BATON_FRAME_STATIC) return 1;
  size_t size = sizeof(copied_text) + strlen(frame->language) +
                strlen(frame->function) + strlen(frame->file) + 3;
  kept->copy = baton_allocate(size);
  if (!kept->copy) return 0;
  kept->copy->next = NULL;
  kept->copy->size = size;
  place = kept->copy->text;
  frame->language = append(&place, frame->language);
  frame->function = append(&place, frame->function);
  frame->file = append(&place, frame->file);
  return 1;
}

static void free_copies(copied_text *copy) {
  while (copy) {
    copied_text *next = copy->next;
    baton_free(copy, copy->size);
    copy = next;
  }
}

static int is_full(const struct error *error) {
  return slot_of(error->added) >= error->room;
}

/* Gives the frames a larger block, `spare`. @return the old one. */
static kept_frame *move_frames(struct error *error, kept_frame *spare,
                               uint32_t room) {
  kept_frame *old = error->frames;
  if (error->room) memcpy(spare, old, error->room * sizeof *old);
  error->frames = spare;
  error->room = room;
  return old;
}

/* Puts a frame in its place. Strings that were lent stay for as long as the
 * error does. @return strings to be freed, or null. */
static copied_text *put_frame(struct error *error, const kept_frame *kept) {
  kept_frame *place = &error->frames[slot_of(error->added)];
  copied_text *old = error->added >= ALL ? place->copy : NULL;
  *place = *kept;
  error->added++;
  if (!old || !error->lent) return old;
  old->next = error->retired;
  error->retired = old;
  return NULL;
}

/* Nothing is allocated or freed under the lock. */
static int32_t BATON_CALL error_add_frame(const baton_value *self,
                                          const baton_frame *frame) {
  struct error *error = error_of(self);
  int alone = baton_load(&error->count) == 1;
  kept_frame kept = {*frame, NULL}, *spare = NULL;
  uint32_t room = 0, old_room = 0;
  copied_text *text = NULL;
  if (!copy_strings(&kept)) return BATON_NO_MEMORY;
  if (!alone) lock(error);
  while (is_full(error) && room <= error->room) {
    uint32_t wanted = error->room ? ALL : 8;
    if (!alone) unlock(error);
    if (spare) baton_free(spare, room * sizeof *spare);
    spare = baton_allocate(wanted * sizeof *spare);
    room = wanted;
    if (!spare) {
      free_copies(kept.copy);
      return BATON_NO_MEMORY;
    }
    if (!alone) lock(error);
  }
  if (is_full(error)) {
    old_room = error->room;
    spare = move_frames(error, spare, room);
  } else {
    old_room = room;
  }
  text = put_frame(error, &kept);
  if (!alone) unlock(error);
  if (old_room) baton_free(spare, old_room * sizeof *spare);
  free_copies(text);
  return BATON_OK;
}

static int32_t BATON_CALL frames(const baton_value *self, baton_frame *out,
                                 uint32_t capacity, uint32_t *kept,
                                 uint64_t *elided) {
  struct error *error = error_of(self);
  lock(error);
  uint64_t added = error->added;
  error->lent = 1;
  *kept = (uint32_t)(added < ALL ? added : ALL);
  *elided = added - *kept;
  for (uint32_t i = 0; i < *kept && i < capacity; i++) {
    uint64_t index = i < FIRST ? i : i + *elided;
    out[i] = error->frames[slot_of(index)].frame;
  }
  unlock(error);
  return BATON_OK;
}

/* ---- Life ------------------------------------------------------------- */

static void free_frames(struct error *error) {
  uint32_t kept = (uint32_t)(error->added < ALL ? error->added : ALL);
  for (uint32_t i = 0; i < kept; i++) free_copies(error->frames[i].copy);
  free_copies(error->retired);
  if (error->room)
    baton_free(error->frames, error->room * sizeof *error->frames);
}

static int32_t BATON_CALL error_retain(const baton_value *self) {
  baton_add(&error_of(self)->count, 1);
  return BATON_OK;
}

/* An error may hold others, those again others, a million deep: what is to be
 * freed is kept in a list, not on the stack. */
static struct error *let_go(struct error *dead, baton_value *held) {
  baton_value value = baton_take(held);
  if (!is_own(&value)) {
    baton_drop(&value);
  } else if (baton_count_drop(&error_of(&value)->count)) {
    free_frames(error_of(&value));
    error_of(&value)->next = dead;
    dead = error_of(&value);
  }
  return dead;
}

static int32_t BATON_CALL error_release(const baton_value *self) {
  baton_value held = *self;
  struct error *dead = let_go(NULL, &held);
  while (dead) {
    struct error *error = dead;
    dead = error->next;
    dead = let_go(dead, &error->cause);
    dead = let_go(dead, &error->context);
    dead = let_go(dead, &error->payload);
    baton_free(error, sizeof *error + error->size + 1);
  }
  return BATON_OK;
}

static int32_t BATON_CALL traverse(const baton_value *self, baton_visit visit,
                                   void *arg) {
  const struct error *error = error_of(self);
  const baton_value *const held[] = {&error->payload, &error->cause,
                                     &error->context};
  int32_t status = BATON_OK;
  for (int i = 0; i < 3 && status == BATON_OK; i++)
    if (baton_is_object(held[i])) status = visit(held[i], arg);
  return status;
}

/* ---- Reading ---------------------------------------------------------- */

static int32_t BATON_CALL kind(const baton_value *self, uint32_t *out) {
  *out = error_of(self)->kind;
  return BATON_OK;
}

static int32_t BATON_CALL message(const baton_value *self,
                                  baton_text_view *out) {
  out->data = error_of(self)->message;
  out->size = error_of(self)->size;
  return BATON_OK;
}

static int32_t BATON_CALL payload(const baton_value *self, baton_value *out) {
  return baton_copy(&error_of(self)->payload, out);
}

static int32_t BATON_CALL cause(const baton_value *self, baton_value *out) {
  return baton_copy(&error_of(self)->cause, out);
}

static int32_t BATON_CALL context(const baton_value *self, baton_value *out) {
  return baton_copy(&error_of(self)->context, out);
}

static const baton_error_methods error_methods = {sizeof(baton_error_methods),
                                                  0,
                                                  kind,
                                                  message,
                                                  payload,
                                                  cause,
                                                  context,
                                                  frames,
                                                  error_add_frame};

static uint32_t BATON_CALL error_owners(const baton_value *self) {
  return baton_load(&error_of(self)->count);
}

static int32_t BATON_CALL error_query(const baton_value *self, const char *id,
                                      const void **out) {
  static const baton_owners owners = {sizeof(baton_owners), 0, error_owners};
  static const baton_extension extensions[] = {{BATON_EXT_OWNERS, &owners},
                                               {NULL, NULL}};
  (void)self;
  return baton_answer(extensions, id, out);
}

static const baton_type error_type = {
    BATON_TYPE_HEAD("error"),   .retain = error_retain,
    .release = error_release,   .traverse = traverse,
    .as_error = &error_methods, .query = error_query};

/* ---- Making ----------------------------------------------------------- */

baton_value baton_error_new(uint32_t kind, const char *format, ...) {
  va_list arguments;
  int size = 0;
  if (format) {
    va_start(arguments, format);
    size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0) size = 0;
  }
  struct error *made = baton_allocate(sizeof *made + (size_t)size + 1);
  if (!made) return baton_from_kind(BATON_ERROR_NO_MEMORY);
  memset(made, 0, sizeof *made + 1);
  made->count = 1;
  made->kind = kind;
  made->size = (uint64_t)size;
  if (size) {
    va_start(arguments, format);
    vsnprintf(made->message, (size_t)size + 1, format, arguments);
    va_end(arguments);
  }
  return baton_from_object(&error_type, made);
}

static void set(const baton_value *self, size_t offset, baton_value *value) {
  baton_value taken = baton_take(value);
  if (is_own(self)) {
    baton_value *place = (void *)((char *)error_of(self) + offset);
    baton_value old = *place;
    *place = taken;
    taken = old;
  }
  baton_drop(&taken);
}

int baton_error_is_unseen(const baton_value *self) {
  return is_own(self) && baton_load(&error_of(self)->count) == 1 &&
         baton_is_none(&error_of(self)->context);
}

void baton_error_set_payload(const baton_value *self, baton_value *value) {
  set(self, offsetof(struct error, payload), value);
}

void baton_error_set_cause(const baton_value *self, baton_value *value) {
  set(self, offsetof(struct error, cause), value);
}

void baton_error_set_context(const baton_value *self, baton_value *value) {
  set(self, offsetof(struct error, context), value);
}
