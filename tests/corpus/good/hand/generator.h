/* SPDX-License-Identifier: MIT */

/** @file
 * The descriptor of async generators. They are driven by their awaitables
 * only, so there is no as_coroutine.
 */

/* @param value what asend sends or athrow throws, taken; null for aclose.
 * @return BATON_OWNED, NO_MEMORY. */
static int32_t hand_turn_new(const baton_value *generator, uint32_t mode,
                             baton_value *value, baton_value *out) {
  hand_turn *made = HAND_ALLOCATE(sizeof *made);
  if (!made) return BATON_NO_MEMORY;
  atomic_init(&made->references, 1);
  made->mode = mode;
  baton_copy(generator, &made->generator);
  made->value = value ? baton_take(value) : baton_none();
  *out = baton_from_object(&hand_turn_type, made);
  return BATON_OWNED;
}

HAND_LOCAL int32_t BATON_CALL hand_asend(const baton_value *self,
                                         baton_context *cx, baton_value *in,
                                         baton_value *out) {
  if (!self || !cx || !in || !out) return BATON_INVALID_ARGUMENT;
  return hand_turn_new(self, HAND_MODE_ASEND, in, out);
}

HAND_LOCAL int32_t BATON_CALL hand_athrow(const baton_value *self,
                                          baton_context *cx, baton_value *error,
                                          baton_value *out) {
  if (!self || !cx || !error || !out) return BATON_INVALID_ARGUMENT;
  if (!hand_is_error(error)) return BATON_INVALID_ARGUMENT;
  return hand_turn_new(self, HAND_MODE_ATHROW, error, out);
}

HAND_LOCAL int32_t BATON_CALL hand_aclose(const baton_value *self,
                                          baton_context *cx, baton_value *out) {
  if (!self || !cx || !out) return BATON_INVALID_ARGUMENT;
  return hand_turn_new(self, HAND_MODE_ACLOSE, NULL, out);
}

HAND_LOCAL int32_t BATON_CALL hand_am_aiter(const baton_value *self,
                                            baton_context *cx,
                                            baton_value *out) {
  if (!self || !cx || !out) return BATON_INVALID_ARGUMENT;
  return baton_copy(self, out);
}

HAND_LOCAL int32_t BATON_CALL hand_am_anext(const baton_value *self,
                                            baton_context *cx,
                                            baton_value *out) {
  if (!self || !cx || !out) return BATON_INVALID_ARGUMENT;
  return hand_turn_new(self, HAND_MODE_ASEND, NULL, out);
}

static const baton_async_generator hand_async_generator = {
    .struct_size = sizeof(baton_async_generator),
    .asend = HAND_ASEND,
    .athrow = HAND_ATHROW,
    .aclose = HAND_ACLOSE};

HAND_LOCAL int32_t BATON_CALL hand_generator_query(const baton_value *self,
                                                   const char *id,
                                                   const void **out) {
  if (strcmp(id, BATON_EXT_ASYNC_GENERATOR) != 0)
    return HAND_QUERY(self, id, out);
  *out = &hand_async_generator;
  return BATON_OK;
}

static const baton_async_methods hand_generator_as_async = {
    .struct_size = sizeof(baton_async_methods),
    .am_aiter = HAND_AM_AITER,
    .am_anext = HAND_AM_ANEXT};

static const baton_type hand_generator_type = {
    .struct_size = sizeof(baton_type),
    .abi_major = BATON_ABI_MAJOR,
    .abi_minor = BATON_ABI_MINOR,
    .magic = BATON_TYPE_MAGIC,
    .name = "hand.async_generator",
    .retain = HAND_RETAIN,
    .release = HAND_RELEASE,
    .provider = &HAND_PROVIDER,
    .traverse = HAND_TRAVERSE,
    .as_async = &hand_generator_as_async,
    .query = HAND_GENERATOR_QUERY};
