/* SPDX-License-Identifier: MIT */

/** @file
 * Text: an object whose bytes stay where they are (EXT-4).
 */

HAND_LOCAL int32_t BATON_CALL hand_text_retain(const baton_value *self) {
  atomic_fetch_add(&hand_text_of(self)->references, 1);
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_text_release(const baton_value *self) {
  if (atomic_fetch_sub(&hand_text_of(self)->references, 1) == 1)
    HAND_FREE(hand_text_of(self));
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_text_view(const baton_value *self,
                                             baton_text_view *out) {
  out->data = hand_text_of(self)->data;
  out->size = hand_text_of(self)->size;
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_text_query(const baton_value *self,
                                              const char *id,
                                              const void **out) {
  static const baton_text text = {.struct_size = sizeof text,
                                  .view = HAND_TEXT_VIEW};
  (void)self;
  *out = strcmp(id, BATON_EXT_TEXT) == 0 ? &text : NULL;
  return *out ? BATON_OK : BATON_UNSUPPORTED;
}

static const baton_type hand_text_type = {.struct_size = sizeof(baton_type),
                                          .abi_major = BATON_ABI_MAJOR,
                                          .abi_minor = BATON_ABI_MINOR,
                                          .magic = BATON_TYPE_MAGIC,
                                          .name = "hand.text",
                                          .retain = HAND_TEXT_RETAIN,
                                          .release = HAND_TEXT_RELEASE,
                                          .provider = &HAND_PROVIDER,
                                          .query = HAND_TEXT_QUERY};

/* @return BATON_OK, NO_MEMORY. */
static int32_t hand_text_new(const char *words, baton_value *out) {
  uint64_t size = strlen(words);
  hand_text *made = HAND_ALLOCATE(sizeof *made + size);
  if (!made) return BATON_NO_MEMORY;
  atomic_init(&made->references, 1);
  made->size = size;
  memcpy(made->data, words, size);
  *out = baton_from_object(&hand_text_type, made);
  return BATON_OK;
}

/* @return BATON_OK with a view that the value lends, UNSUPPORTED, ... */
static int32_t hand_view_text(const baton_value *value, baton_text_view *out) {
  const baton_text *text = hand_find(value, BATON_EXT_TEXT, sizeof(baton_text));
  return text ? text->view(value, out) : BATON_UNSUPPORTED;
}
