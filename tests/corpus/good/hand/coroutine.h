/* SPDX-License-Identifier: MIT */

/** @file
 * The descriptor of coroutines and generators.
 */

HAND_LOCAL int32_t BATON_CALL hand_retain(const baton_value *self) {
  atomic_fetch_add(&hand_of(self)->references, 1);
  return BATON_OK;
}

/* ---- The last release --------------------------------------------------- */

HAND_LOCAL void hand_report_unawaited(const baton_value *self) {
  fprintf(stderr, "coroutine '%s' was never awaited\n",
          hand_of(self)->body->name);
}

HAND_LOCAL void hand_report_unraisable(const baton_value *self,
                                       const baton_value *error) {
  const baton_error_methods *methods =
      baton_is_object(error) ? error->head.type->as_error : NULL;
  baton_text_view message = {"", 0};
  if (methods && methods->message) methods->message(error, &message);
  fprintf(stderr, "Exception ignored while closing %s\nkind %u: %.*s\n",
          hand_of(self)->body->name, (unsigned)baton_error_kind(error),
          (int)message.size, message.data);
}

/* Ends what is suspended, with a context that accepts nothing (COR-18). */
HAND_LOCAL void hand_abandon(const baton_value *self) {
  baton_context cx = hand_detached_context();
  baton_value out = baton_none();
  atomic_store(&hand_of(self)->claimed, 0); /* by an awaitable that has gone */
  int32_t status = HAND_DRIVE_CLOSE(self, &cx, &out);
  if (status == BATON_ITEM) status = hand_ignored(hand_of(self), &out);
  if (status == BATON_ERROR) HAND_REPORT_UNRAISABLE(self, &out);
  baton_drop(&out);
}

HAND_LOCAL int32_t BATON_CALL hand_release(const baton_value *self) {
  hand *own = hand_of(self);
  if (atomic_fetch_sub(&own->references, 1) != 1) return BATON_OK;
  uint32_t state = atomic_load(&own->state);
  if (state == BATON_CREATED && hand_is_coroutine(own))
    HAND_REPORT_UNAWAITED(self);
  if (state == BATON_SUSPENDED) HAND_ABANDON(self);
  HAND_LET_GO(own);
  HAND_FREE(own);
  return BATON_OK;
}

/* Once for each reference: not for a handle that is lent. */
HAND_LOCAL int32_t BATON_CALL hand_traverse(const baton_value *self,
                                            baton_visit visit, void *arg) {
  const hand *own = hand_of(self);
  const hand_child *child = &own->child;
  const baton_value *held[] = {
      baton_is_none(&child->owner) ? &child->handle : &child->owner, &own->x,
      &own->y, &own->v};
  int32_t status = 0;
  for (size_t i = 0; i < sizeof held / sizeof held[0] && !status; i++)
    if (baton_is_object(held[i])) status = visit(held[i], arg);
  for (uint64_t i = 0; i < own->count && !status; i++)
    if (baton_is_object(&own->items[i])) status = visit(&own->items[i], arg);
  return status;
}

HAND_LOCAL int32_t BATON_CALL hand_query(const baton_value *self,
                                         const char *id, const void **out) {
  (void)self;
  *out = strcmp(id, BATON_EXT_INTROSPECT) == 0 ? &hand_introspect : NULL;
  return *out ? BATON_OK : BATON_UNSUPPORTED;
}

/* ---- Awaiting and driving ----------------------------------------------- */

HAND_LOCAL int32_t BATON_CALL hand_am_await(const baton_value *self,
                                            baton_context *cx,
                                            baton_value *out) {
  if (!self || !cx || !out) return BATON_INVALID_ARGUMENT;
  *out = *self; /* it is what to drive in order to await it */
  return BATON_LENT;
}

HAND_LOCAL int32_t BATON_CALL hand_send(const baton_value *self,
                                        baton_context *cx, baton_value *in,
                                        baton_value *out) {
  if (!self || !cx || !in || !out) return BATON_INVALID_ARGUMENT;
  return HAND_DRIVE_SEND(self, cx, in, out);
}

HAND_LOCAL int32_t BATON_CALL hand_throw(const baton_value *self,
                                         baton_context *cx, baton_value *error,
                                         baton_value *out) {
  if (!self || !cx || !error || !out) return BATON_INVALID_ARGUMENT;
  if (!hand_is_error(error)) return BATON_INVALID_ARGUMENT;
  return HAND_DRIVE_THROW(self, cx, error, out);
}

HAND_LOCAL int32_t BATON_CALL hand_close(const baton_value *self,
                                         baton_context *cx, baton_value *out) {
  if (!self || !cx || !out) return BATON_INVALID_ARGUMENT;
  return HAND_DRIVE_CLOSE(self, cx, out);
}

static const baton_async_methods hand_as_async = {
    .struct_size = HAND_AS_ASYNC_SIZE, .am_await = HAND_AM_AWAIT};

static const baton_coroutine_methods hand_as_coroutine = {
    .struct_size = HAND_AS_COROUTINE_SIZE,
    .send = HAND_SEND,
    .throw_ = HAND_THROW,
    .close = HAND_CLOSE};

static const baton_type hand_type = {.struct_size = HAND_TYPE_SIZE,
                                     .abi_major = HAND_TYPE_MAJOR,
                                     .abi_minor = HAND_TYPE_MINOR,
                                     .magic = HAND_TYPE_MAGIC,
                                     .reserved0 = HAND_TYPE_RESERVED,
                                     .flags = HAND_TYPE_FLAGS,
                                     .name = HAND_TYPE_NAME,
                                     .retain = HAND_RETAIN,
                                     .release = HAND_RELEASE,
                                     .provider = &HAND_PROVIDER,
                                     .traverse = HAND_TRAVERSE,
                                     .as_async = HAND_AS_ASYNC,
                                     .as_coroutine = HAND_AS_COROUTINE,
                                     .query = HAND_QUERY};
