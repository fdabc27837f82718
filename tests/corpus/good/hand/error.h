/* SPDX-License-Identifier: MIT */

/** @file
 * Errors that the provider makes itself.
 */

HAND_LOCAL int32_t BATON_CALL hand_error_retain(const baton_value *self) {
  atomic_fetch_add(&hand_error_of(self)->references, 1);
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_error_release(const baton_value *self) {
  hand_error *error = hand_error_of(self);
  if (atomic_fetch_sub(&error->references, 1) != 1) return BATON_OK;
  baton_drop(&error->cause);
  baton_drop(&error->context);
  hand_free_strings(error);
  pthread_mutex_destroy(&error->lock);
  HAND_FREE(error);
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_error_traverse(const baton_value *self,
                                                  baton_visit visit,
                                                  void *arg) {
  const hand_error *error = hand_error_of(self);
  int32_t status = 0;
  if (baton_is_object(&error->cause)) status = visit(&error->cause, arg);
  if (!status && baton_is_object(&error->context))
    status = visit(&error->context, arg);
  return status;
}

HAND_LOCAL int32_t BATON_CALL hand_error_kind(const baton_value *self,
                                              uint32_t *out) {
  *out = hand_error_of(self)->kind;
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_error_message(const baton_value *self,
                                                 baton_text_view *out) {
  out->data = hand_error_of(self)->message;
  out->size = hand_error_of(self)->size;
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_error_cause(const baton_value *self,
                                               baton_value *out) {
  return baton_copy(&hand_error_of(self)->cause, out);
}

HAND_LOCAL int32_t BATON_CALL hand_error_context(const baton_value *self,
                                                 baton_value *out) {
  return baton_copy(&hand_error_of(self)->context, out);
}

static const baton_error_methods hand_as_error = {
    .struct_size = sizeof(baton_error_methods),
    .kind = HAND_ERROR_KIND,
    .message = HAND_ERROR_MESSAGE,
    .cause = HAND_ERROR_CAUSE,
    .context = HAND_ERROR_CONTEXT,
    .frames = HAND_ERROR_FRAMES,
    .add_frame = HAND_ERROR_ADD_FRAME};

static const baton_type hand_error_type = {.struct_size = sizeof(baton_type),
                                           .abi_major = BATON_ABI_MAJOR,
                                           .abi_minor = BATON_ABI_MINOR,
                                           .magic = BATON_TYPE_MAGIC,
                                           .name = "hand.error",
                                           .retain = HAND_ERROR_RETAIN,
                                           .release = HAND_ERROR_RELEASE,
                                           .provider = &HAND_PROVIDER,
                                           .traverse = HAND_ERROR_TRAVERSE,
                                           .as_error = HAND_AS_ERROR};

/* @return an error with a message of `size` bytes; a bare no-memory if there
 * is no memory. */
static baton_value hand_error_new(uint32_t kind, const char *message,
                                  uint64_t size) {
  hand_error *made = HAND_ALLOCATE(sizeof *made + size + 1);
  if (!made) return baton_from_kind(BATON_ERROR_NO_MEMORY);
  atomic_init(&made->references, 1);
  pthread_mutex_init(&made->lock, NULL);
  made->kind = kind;
  made->size = size;
  memcpy(made->message, message, size);
  return baton_from_object(&hand_error_type, made);
}

__attribute__((format(printf, 2, 3))) static baton_value hand_error_say(
    uint32_t kind, const char *format, ...) {
  char message[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  return hand_error_new(kind, message, strlen(message));
}

/* An error in place of another, which is its cause and its context (ERR-7). */
static baton_value hand_error_from(baton_value *cause, const char *message) {
  baton_value made =
      hand_error_new(BATON_ERROR_RUNTIME, message, strlen(message));
  if (baton_is_object(&made)) {
    baton_copy(cause, &hand_error_of(&made)->context);
    hand_error_of(&made)->cause = baton_take(cause);
  }
  baton_drop(cause);
  return made;
}

/* ---- Raising, for bodies ------------------------------------------------ */

static int32_t hand_raise_kind(uint32_t kind, baton_value *out) {
  *out = baton_from_kind(kind);
  return BATON_ERROR;
}

/* Raises what was thrown in. */
static int32_t hand_raise_in(baton_value *in, baton_value *out) {
  *out = baton_take(in);
  return BATON_ERROR;
}
