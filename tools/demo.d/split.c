/* SPDX-License-Identifier: MIT */
#include <baton/author.h>

#include "pipeline.h"

typedef struct split_frame {
  baton_place at;
  baton_value chunks, part;
  tally_state state; /* a word may begin in one chunk and end in another */
  tally last;
} split_frame;

/* The counts of one chunk, as a value. */
static int32_t split_chunk(tally_state *state, const baton_value *chunk,
                           baton_value *out) {
  tally part = {0, 0, 0};
  baton_bytes_view bytes;
  int32_t status = baton_bytes_of(chunk, &bytes);
  if (status != BATON_OK) return status;
  tally_chunk(state, bytes, &part);
  return tally_to_value(&part, out);
}

BATON_RESUME(split_resume) {
  baton_begin(split_frame, f);
  baton_async_for(&f->chunks) {
    int32_t status = split_chunk(&f->state, in, &f->part);
    if (status != BATON_OK) baton_raise(pipeline_error(status));
    baton_item(baton_take(&f->part));
  }
  tally_end(&f->state, &f->last);
  if (f->last.words) {
    if (tally_to_value(&f->last, &f->part) != BATON_OK)
      baton_raise(pipeline_error(BATON_NO_MEMORY));
    baton_item(baton_take(&f->part));
  }
  baton_cleanup;
  baton_end;
}

BATON_ASYNC_GENERATOR(split, split_resume, split_frame, chunks, 2);

int32_t split_new(board *shared, const char *name, baton_value *out) {
  int32_t status = baton_coro_new(&split, out);
  if (status != BATON_OK) return status;
  status =
      read_new(shared, name, &((split_frame *)baton_coro_frame(out))->chunks);
  if (status != BATON_OK) baton_drop(out);
  return status;
}
