/* SPDX-License-Identifier: MIT */
#include "tally.h"

#include <string.h>

static int is_ascii_white(uint32_t byte) {
  return byte == ' ' || (byte >= '\t' && byte <= '\r');
}

/* `joined` is the bytes of a UTF-8 character, the first one highest. */
static int is_wide_white(uint32_t joined) {
  return joined == 0xC2A0 || joined == 0xE19A80 ||
         (joined >= 0xE28080 && joined <= 0xE2808A) || joined == 0xE280A8 ||
         joined == 0xE280A9 || joined == 0xE280AF || joined == 0xE2819F ||
         joined == 0xE281A0 || joined == 0xE38080;
}

static int may_become_white(uint32_t joined) {
  return joined == 0xC2 || (joined >= 0xE1 && joined <= 0xE3) ||
         joined == 0xE19A || joined == 0xE280 || joined == 0xE281 ||
         joined == 0xE380;
}

static void begin_word(tally_state *state, tally *sum) {
  sum->words += !state->in_word;
  state->in_word = 1;
}

static void count_ascii(tally_state *state, uint32_t byte, tally *sum) {
  sum->lines += byte == '\n';
  if (is_ascii_white(byte))
    state->in_word = 0;
  else
    begin_word(state, sum);
}

/* A byte that is not ASCII, or that follows bytes held back. */
static void count_wide(tally_state *state, uint32_t byte, tally *sum) {
  uint32_t held = state->held, joined = held << 8 | byte;
  state->held = 0;
  if (is_wide_white(joined)) {
    state->in_word = 0;
  } else if (may_become_white(joined)) {
    state->held = joined;
  } else {
    if (held || byte >= 0x80) begin_word(state, sum);
    if (held && byte >= 0x80)
      count_wide(state, byte, sum);
    else if (byte < 0x80)
      count_ascii(state, byte, sum);
  }
}

void tally_chunk(tally_state *state, baton_bytes_view chunk, tally *sum) {
  sum->bytes += chunk.size;
  for (uint64_t i = 0; i < chunk.size; i++) {
    uint32_t byte = chunk.data[i];
    if (byte < 0x80 && !state->held)
      count_ascii(state, byte, sum);
    else
      count_wide(state, byte, sum);
  }
}

void tally_end(tally_state *state, tally *sum) {
  if (state->held) begin_word(state, sum);
  state->held = 0;
}

void tally_add(tally *sum, const tally *part) {
  sum->lines += part->lines;
  sum->words += part->words;
  sum->bytes += part->bytes;
}

int32_t tally_to_value(const tally *counted, baton_value *out) {
  return baton_bytes_new(counted, sizeof *counted, out);
}

tally tally_from_value(const baton_value *value) {
  tally counted = {0, 0, 0};
  baton_bytes_view view;
  if (baton_bytes_of(value, &view) == BATON_OK && view.size == sizeof counted)
    memcpy(&counted, view.data, sizeof counted);
  return counted;
}
