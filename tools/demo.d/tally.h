/* SPDX-License-Identifier: MIT */
#ifndef DEMO_TALLY_H
#define DEMO_TALLY_H

#include <baton/runtime.h>

/** @file
 * Counting, without coroutines: lines, words and bytes as `wc` has them.
 *
 * A line is a newline. A word is a run of anything but white space, which is
 * that of UTF-8 text: ASCII's six, U+1680, U+2000 to U+200A, U+2028, U+2029,
 * U+202F, U+205F, U+3000, and the no-break U+00A0 and U+2060. That is GNU
 * `wc` since 9.5 in a UTF-8 locale; older ones agree on text, but let control
 * characters and bytes that are no UTF-8 begin no word.
 */

typedef struct tally {
  uint64_t lines, words, bytes;
} tally;

/** What is known of a text between two of its chunks. */
typedef struct tally_state {
  uint32_t held;    /**< bytes that may begin a white character, joined */
  uint32_t in_word; /**< the text before them ends inside a word */
} tally_state;

/** Counts a chunk. `*sum` is added to. */
void tally_chunk(tally_state *state, baton_bytes_view chunk, tally *sum);

/** Counts the word that a cut character at the very end may be. */
void tally_end(tally_state *state, tally *sum);

void tally_add(tally *sum, const tally *part);

/** A tally as a value, which crosses as bytes. @return BATON_OK, NO_MEMORY. */
int32_t tally_to_value(const tally *counted, baton_value *out);

/** Reads such a value; other values count nothing. */
tally tally_from_value(const baton_value *value);

#endif
