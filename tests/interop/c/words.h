/* SPDX-License-Identifier: MIT */
#ifndef INTEROP_WORDS_H
#define INTEROP_WORDS_H

#include <baton/runtime.h>

#include "../host/witness.h"

/** @file
 * Values and errors as words of a trace, and back: see ../README.md.
 */

typedef struct words {
  char text[4096];
  size_t size;
} words;

/** Appends text; what does not fit is cut. */
void words_add(words *self, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

void words_value(words *self, const interop_witness *witness,
                 const baton_value *value);
void words_error(words *self, const interop_witness *witness,
                 const baton_value *error);

void words_say(const words *self, const interop_witness *witness);

/** Reads a value from the front of `text`. */
baton_value words_read_value(const char *text);

/** Reads "KIND MESSAGE". */
baton_value words_read_error(const char *text);

/** The number that a value is, 0 if none. */
int64_t words_number(const baton_value *value);

const interop_witness *words_witness(const baton_value *value);

#endif
