/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "atomic.h"
#include "memory.h"
#include "object.h"

/* Text and bytes: a count, a size, and the bytes. */
struct block {
  uint32_t count;
  uint32_t reserved0;
  uint64_t size;
  uint8_t data[];
};

static struct block *block_of(const baton_value *self) {
  return self->payload.object;
}

static int32_t BATON_CALL block_retain(const baton_value *self) {
  baton_add(&block_of(self)->count, 1);
  return BATON_OK;
}

static int32_t BATON_CALL block_release(const baton_value *self) {
  struct block *block = block_of(self);
  if (baton_count_drop(&block->count))
    baton_free(block, sizeof *block + block->size);
  return BATON_OK;
}

static int32_t BATON_CALL view_text(const baton_value *self,
                                    baton_text_view *out) {
  out->data = (const char *)block_of(self)->data;
  out->size = block_of(self)->size;
  return BATON_OK;
}

static int32_t BATON_CALL view_bytes(const baton_value *self,
                                     baton_bytes_view *out) {
  out->data = block_of(self)->data;
  out->size = block_of(self)->size;
  return BATON_OK;
}

static int32_t BATON_CALL query_text(const baton_value *self, const char *id,
                                     const void **out) {
  static const baton_text methods = {sizeof(baton_text), 0, view_text};
  static const baton_extension extensions[] = {{BATON_EXT_TEXT, &methods},
                                               {NULL, NULL}};
  (void)self;
  return baton_answer(extensions, id, out);
}

static int32_t BATON_CALL query_bytes(const baton_value *self, const char *id,
                                      const void **out) {
  static const baton_bytes methods = {sizeof(baton_bytes), 0, view_bytes};
  static const baton_extension extensions[] = {{BATON_EXT_BYTES, &methods},
                                               {NULL, NULL}};
  (void)self;
  return baton_answer(extensions, id, out);
}

static const baton_type text_type = {
    BATON_TYPE_HEAD("text"), .retain = block_retain, .release = block_release,
    .query = query_text};

static const baton_type bytes_type = {
    BATON_TYPE_HEAD("bytes"), .retain = block_retain, .release = block_release,
    .query = query_bytes};

/* Bytes of the UTF-8 sequence at `text`, or 0 if it is none: RFC 3629. */
static uint64_t sequence(const uint8_t *text, uint64_t left) {
  uint8_t low = 0x80, high = 0xbf, first = text[0];
  uint64_t size;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (size > left) return 0;
  if (first == 0xe0) low = 0xa0;
  if (first == 0xed) high = 0x9f;
  if (first == 0xf0) low = 0x90;
  if (first == 0xf4) high = 0x8f;
  if (text[1] < low || text[1] > high) return 0;
  for (uint64_t i = 2; i < size; i++)
    if (text[i] < 0x80 || text[i] > 0xbf) return 0;
  return size;
}

static int is_utf8(const char *data, uint64_t size) {
  const uint8_t *text = (const uint8_t *)data;
  while (size) {
    uint64_t length = sequence(text, size);
    if (!length) return 0;
    text += length;
    size -= length;
  }
  return 1;
}

static int32_t make(const baton_type *type, const void *data, uint64_t size,
                    baton_value *out) {
  if (size > PTRDIFF_MAX - sizeof(struct block) - 64) return BATON_NO_MEMORY;
  struct block *made = baton_allocate(sizeof *made + (size_t)size);
  if (!made) return BATON_NO_MEMORY;
  made->count = 1;
  made->reserved0 = 0;
  made->size = size;
  if (data && size)
    memcpy(made->data, data, (size_t)size);
  else
    memset(made->data, 0, (size_t)size);
  *out = baton_from_object(type, made);
  return BATON_OK;
}

int32_t baton_text_new(const char *data, uint64_t size, baton_value *out) {
  if (!out || (!data && size)) return BATON_INVALID_ARGUMENT;
  if (!is_utf8(data, size)) return BATON_INVALID_ARGUMENT;
  return make(&text_type, data, size, out);
}

int32_t baton_bytes_new(const void *data, uint64_t size, baton_value *out) {
  if (!out) return BATON_INVALID_ARGUMENT;
  return make(&bytes_type, data, size, out);
}

int32_t baton_text_of(const baton_value *value, baton_text_view *out) {
  const baton_text *methods;
  if (!value || !out) return BATON_INVALID_ARGUMENT;
  methods = baton_find(value, BATON_EXT_TEXT);
  return methods ? methods->view(value, out) : BATON_UNSUPPORTED;
}

int32_t baton_bytes_of(const baton_value *value, baton_bytes_view *out) {
  const baton_bytes *methods;
  if (!value || !out) return BATON_INVALID_ARGUMENT;
  methods = baton_find(value, BATON_EXT_BYTES);
  return methods ? methods->view(value, out) : BATON_UNSUPPORTED;
}

uint8_t *baton_bytes_data(const baton_value *value) {
  return value->head.type == &bytes_type ? block_of(value)->data : NULL;
}
