/* SPDX-License-Identifier: MIT */
#include "words.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void words_add(words *self, const char *format, ...) {
  size_t left = sizeof self->text - self->size;
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(self->text + self->size, left, format, arguments);
  va_end(arguments);
  if (size > 0) self->size += (size_t)size < left ? (size_t)size : left - 1;
}

static void add_hex(words *self, const void *data, uint64_t size) {
  if (!size) words_add(self, "-");
  for (uint64_t i = 0; i < size; i++)
    words_add(self, "%02x", ((const unsigned char *)data)[i]);
}

/* A host's own number stands for the scalar that it says it is. */
static baton_value scalar_of(const baton_value *value) {
  const baton_scalar *scalar = baton_find(value, BATON_EXT_SCALAR);
  baton_value found = baton_none();
  if (!scalar) return *value;
  return scalar->get(value, &found) == BATON_OK ? found : *value;
}

static void add_object(words *self, const interop_witness *witness,
                       const baton_value *value) {
  baton_text_view text;
  baton_bytes_view bytes;
  if (baton_text_of(value, &text) == BATON_OK) {
    words_add(self, "text ");
    add_hex(self, text.data, text.size);
  } else if (baton_bytes_of(value, &bytes) == BATON_OK) {
    words_add(self, "bytes ");
    add_hex(self, bytes.data, bytes.size);
  } else {
    words_add(self, "object %lld", (long long)witness->identify(value));
  }
}

void words_value(words *self, const interop_witness *witness,
                 const baton_value *value) {
  const baton_value plain = scalar_of(value);
  switch (baton_is_object(&plain) ? BATON_TAG_LIMIT : plain.head.tag) {
    case BATON_TAG_NONE:
      words_add(self, "none");
      break;
    case BATON_TAG_BOOL:
      words_add(self, plain.payload.u64 ? "true" : "false");
      break;
    case BATON_TAG_I64:
      words_add(self, "i64 %lld", (long long)plain.payload.i64);
      break;
    case BATON_TAG_U64:
      words_add(self, "u64 %llu", (unsigned long long)plain.payload.u64);
      break;
    case BATON_TAG_F64: /* its bits: every language shows those alike */
      words_add(self, "f64 %016llx", (unsigned long long)plain.payload.u64);
      break;
    case BATON_TAG_LIMIT:
      add_object(self, witness, value);
      break;
    default:
      words_add(self, "scalar %llu", (unsigned long long)plain.head.tag);
  }
}

static void add_payload(words *self, const baton_value *error) {
  const baton_error_methods *methods = error->head.type->as_error;
  baton_value payload = baton_none();
  if (!methods->payload || methods->payload(error, &payload) != BATON_OK)
    return;
  const baton_value plain = scalar_of(&payload);
  if (plain.head.tag == BATON_TAG_I64)
    words_add(self, " payload %lld", (long long)plain.payload.i64);
  baton_drop(&payload);
}

void words_error(words *self, const interop_witness *witness,
                 const baton_value *error) {
  baton_text_view message = {"", 0};
  baton_value cause = baton_none();
  const baton_error_methods *methods =
      baton_is_object(error) ? error->head.type->as_error : NULL;
  words_add(self, "error %lu ", (unsigned long)baton_error_kind(error));
  if (methods && methods->message) methods->message(error, &message);
  add_hex(self, message.data, message.size);
  if (!methods) return;
  add_payload(self, error);
  if (methods->cause && methods->cause(error, &cause) == BATON_OK &&
      !baton_is_none(&cause)) {
    words_add(self, " cause ");
    words_error(self, witness, &cause);
    baton_drop(&cause);
  }
}

void words_say(const words *self, const interop_witness *witness) {
  witness->say(self->text, self->size);
}

/* ---- Reading ----------------------------------------------------------- */

static uint64_t read_hex(const char *text, unsigned char *bytes,
                         uint64_t capacity) {
  uint64_t size = 0;
  unsigned byte;
  while (size < capacity && sscanf(text + 2 * size, "%2x", &byte) == 1)
    bytes[size++] = (unsigned char)byte;
  return size;
}

baton_value words_read_value(const char *text) {
  unsigned char bytes[1024];
  baton_value value = baton_none();
  const char *rest = strchr(text, ' ');
  rest = rest ? rest + 1 : "";
  switch (text[0]) {
    case 'i':
      return baton_from_i64(strtoll(rest, NULL, 10));
    case 'u':
      return baton_from_u64(strtoull(rest, NULL, 10));
    case 'f':
      if (text[1] == 'a') return baton_from_bool(0);
      return baton_scalar_value(BATON_TAG_F64, strtoull(rest, NULL, 16));
    case 't':
      if (text[1] == 'r') return baton_from_bool(1);
      baton_text_new((char *)bytes, read_hex(rest, bytes, sizeof bytes),
                     &value);
      return value;
    case 'b':
      baton_bytes_new(bytes, read_hex(rest, bytes, sizeof bytes), &value);
      return value;
    default:
      return value;
  }
}

baton_value words_read_error(const char *text) {
  char message[1024];
  char *rest;
  uint32_t kind = (uint32_t)strtoul(text, &rest, 10);
  uint64_t size =
      read_hex(rest + (*rest == ' '), (unsigned char *)message, sizeof message);
  if (!size) return baton_from_kind(kind);
  return baton_error_new(kind, "%.*s", (int)size, message);
}

int64_t words_number(const baton_value *value) {
  const baton_value plain = scalar_of(value);
  return plain.head.tag == BATON_TAG_I64 ||
                 plain.head.tag == BATON_TAG_ERROR_KIND
             ? plain.payload.i64
             : 0;
}

const interop_witness *words_witness(const baton_value *value) {
  return baton_find(value, INTEROP_WITNESS);
}
