/* SPDX-License-Identifier: MIT */

/** @file
 * The frames of an error: the first 32, the last 32, and how many were dropped
 * between them (ERR-3).
 */

/** A string that a frame points to. Each text is kept once, so an error that
 * is raised for ever stays small, and what `frames` lent stays valid. */
struct hand_string {
  struct hand_string *next;
  char text[];
};

/* @return the error's own copy, or null. */
static const char *hand_intern(hand_error *error, const char *text) {
  struct hand_string *string = error->strings;
  size_t size = strlen(text) + 1;
  while (string && strcmp(string->text, text) != 0) string = string->next;
  if (string) return string->text;
  string = HAND_ALLOCATE(sizeof *string + size);
  if (!string) return NULL;
  memcpy(string->text, text, size);
  string->next = error->strings;
  error->strings = string;
  return string->text;
}

static int hand_own_strings(hand_error *error, baton_frame *frame) {
  if (frame->flags & BATON_FRAME_STATIC) return 1;
  frame->language = hand_intern(error, frame->language);
  frame->function = hand_intern(error, frame->function);
  frame->file = hand_intern(error, frame->file);
  return frame->language && frame->function && frame->file;
}

static uint64_t hand_place_of(uint64_t index) {
  return index < BATON_FRAMES_KEPT
             ? index
             : BATON_FRAMES_KEPT + index % BATON_FRAMES_KEPT;
}

HAND_LOCAL int32_t BATON_CALL hand_error_add_frame(const baton_value *self,
                                                   const baton_frame *frame) {
  hand_error *error = hand_error_of(self);
  baton_frame own = *frame;
  pthread_mutex_lock(&error->lock);
  int done = hand_own_strings(error, &own);
  if (done) error->frames[hand_place_of(error->added++)] = own;
  pthread_mutex_unlock(&error->lock);
  return done ? BATON_OK : BATON_NO_MEMORY;
}

HAND_LOCAL int32_t BATON_CALL hand_error_frames(const baton_value *self,
                                                baton_frame *out,
                                                uint32_t capacity,
                                                uint32_t *kept,
                                                uint64_t *elided) {
  hand_error *error = hand_error_of(self);
  pthread_mutex_lock(&error->lock);
  *kept = (uint32_t)(error->added < HAND_FRAMES ? error->added : HAND_FRAMES);
  *elided = error->added - *kept;
  for (uint32_t i = 0; i < *kept && i < capacity; i++) {
    uint64_t index = i < BATON_FRAMES_KEPT ? i : i + *elided;
    out[i] = error->frames[hand_place_of(index)];
  }
  pthread_mutex_unlock(&error->lock);
  return BATON_OK;
}

static void hand_free_strings(hand_error *error) {
  while (error->strings) {
    struct hand_string *string = error->strings;
    error->strings = string->next;
    HAND_FREE(string);
  }
}
