/* SPDX-License-Identifier: MIT */
#include "text.h"

#include <string.h>

/* Bytes of the UTF-8 character at `text`; 0 if there is none. */
static size_t character_size(const char *text) {
  const unsigned char *at = (const unsigned char *)text;
  size_t size = at[0] < 0x80   ? 1
                : at[0] < 0xC2 ? 0
                : at[0] < 0xE0 ? 2
                : at[0] < 0xF0 ? 3
                : at[0] < 0xF5 ? 4
                               : 0;
  for (size_t i = 1; i < size; i++)
    if ((at[i] & 0xC0) != 0x80) return 0;       /* the final NUL, too */
  if (at[0] == 0xE0 && at[1] < 0xA0) return 0;  /* overlong */
  if (at[0] == 0xED && at[1] >= 0xA0) return 0; /* a surrogate */
  if (at[0] == 0xF0 && at[1] < 0x90) return 0;  /* overlong */
  if (at[0] == 0xF4 && at[1] >= 0x90) return 0; /* above U+10FFFF */
  return size;
}

static int is_control(const char *at) {
  unsigned char first = (unsigned char)at[0], second = (unsigned char)at[1];
  return first < 0x20 || first == 0x7F || (first == 0xC2 && second < 0xA0);
}

void text_put_name(FILE *to, const char *name) {
  while (*name) {
    size_t size = character_size(name);
    if (*name == '\\') {
      fputs("\\\\", to);
    } else if (*name == '\n') {
      fputs("\\n", to);
    } else if (size == 0 || is_control(name)) {
      size = 1;
      fprintf(to, "\\x%02x", (unsigned)(unsigned char)*name);
    } else {
      fwrite(name, 1, size, to);
    }
    name += size;
  }
}

static int is_utf8(const char *text) {
  for (size_t size; *text; text += size)
    if ((size = character_size(text)) == 0) return 0;
  return 1;
}

void text_put_json(FILE *to, const char *text) {
  fputc('"', to);
  while (*text) {
    size_t size = character_size(text);
    unsigned char first = (unsigned char)*text;
    if (size == 0)
      fputs("\\ufffd", to);
    else if (first == '"' || first == '\\')
      fprintf(to, "\\%c", first);
    else if (first < 0x20 || first == 0x7F)
      fprintf(to, "\\u%04x", (unsigned)first);
    else
      fwrite(text, 1, size, to);
    text += size ? size : 1;
  }
  fputc('"', to);
}

void text_put_json_name(FILE *to, const char *name) {
  fputs("\"name\": ", to);
  text_put_json(to, name);
  if (is_utf8(name)) return;
  fputs(", \"name_hex\": \"", to);
  for (; *name; name++) fprintf(to, "%02x", (unsigned)(unsigned char)*name);
  fputc('"', to);
}
