/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>

#include "object.h"

/* How many causes of causes are printed. */
#define CAUSES 16

struct sink {
  char *buffer;
  uint64_t size;
  uint64_t used;
};

const char *baton_kind_name(uint32_t kind) {
  static const char *const names[] = {"error",
                                      "runtime-error",
                                      "type-error",
                                      "value-error",
                                      "stop-iteration",
                                      "stop-async-iteration",
                                      "timeout",
                                      "no-memory",
                                      "os-error",
                                      "recursion-error",
                                      "key-error",
                                      "index-error",
                                      "arithmetic-error",
                                      "assertion-error",
                                      "attribute-error",
                                      "not-implemented",
                                      "end-of-file",
                                      "unicode-error",
                                      "error-group"};
  static const char *const base_names[] = {
      "base-error", "generator-exit", "cancelled",       "interrupt",
      "exit",       "panic",          "base-error-group"};
  uint32_t number = kind & ~BATON_ERROR_BASE;
  if (kind & BATON_ERROR_BASE)
    return number < sizeof base_names / sizeof *base_names ? base_names[number]
                                                           : "base-error";
  return number < sizeof names / sizeof *names ? names[number] : "error";
}

#if defined(__GNUC__)
__attribute__((format(printf, 2, 3)))
#endif
static void
put(struct sink *sink, const char *format, ...) {
  int fits = sink->used < sink->size;
  va_list arguments;
  va_start(arguments, format);
  int size = vsnprintf(fits ? sink->buffer + sink->used : NULL,
                       fits ? (size_t)(sink->size - sink->used) : 0, format,
                       arguments);
  va_end(arguments);
  if (size > 0) sink->used += (uint64_t)size;
}

static void put_frames(struct sink *sink, const baton_value *error,
                       const baton_error_methods *methods) {
  baton_frame frames[2 * BATON_FRAMES_KEPT];
  uint32_t kept = 0;
  uint64_t elided = 0;
  if (!methods->frames || methods->frames(error, frames, 2 * BATON_FRAMES_KEPT,
                                          &kept, &elided) != BATON_OK)
    return;
  if (kept > 2 * BATON_FRAMES_KEPT) kept = 2 * BATON_FRAMES_KEPT;
  for (uint32_t i = 0; i < kept; i++) {
    if (i == BATON_FRAMES_KEPT && elided)
      put(sink, "\n  ... %llu more ...", (unsigned long long)elided);
    put(sink, "\n  at %s (%s:%u) [%s]", frames[i].function, frames[i].file,
        (unsigned)frames[i].line, frames[i].language);
  }
}

static void put_error(struct sink *sink, const baton_value *error) {
  const baton_error_methods *methods =
      baton_is_object(error) ? error->head.type->as_error : NULL;
  baton_text_view text = {NULL, 0};
  if (!baton_is_error(error)) {
    put(sink, "%s, which is no error", baton_type_name(error));
    return;
  }
  put(sink, "%s", baton_kind_name(baton_error_kind(error)));
  if (!methods) return;
  if (methods->message && methods->message(error, &text) == BATON_OK &&
      text.size)
    put(sink, ": %.*s", (int)text.size, text.data);
  put_frames(sink, error, methods);
}

/* What an error names as its cause, else as its context. */
static baton_value reason_of(const baton_value *error, const char **word) {
  const baton_error_methods *methods =
      baton_is_object(error) ? error->head.type->as_error : NULL;
  baton_value reason = baton_none();
  if (!methods) return reason;
  *word = "caused by";
  if (methods->cause) methods->cause(error, &reason);
  if (!baton_is_none(&reason)) return reason;
  *word = "while handling";
  if (methods->context) methods->context(error, &reason);
  return reason;
}

uint64_t baton_error_print(const baton_value *error, char *buffer,
                           uint64_t size) {
  struct sink sink = {buffer, size, 0};
  const char *word = "";
  baton_value reason;
  if (size) buffer[0] = '\0';
  put_error(&sink, error);
  reason = reason_of(error, &word);
  for (int i = 0; i < CAUSES && !baton_is_none(&reason); i++) {
    put(&sink, "\n%s ", word);
    put_error(&sink, &reason);
    baton_value next = reason_of(&reason, &word);
    baton_drop(&reason);
    reason = next;
  }
  baton_drop(&reason);
  return sink.used;
}
