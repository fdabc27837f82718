/* SPDX-License-Identifier: MIT */
#include <baton/author.h>

#include "pipeline.h"

typedef struct count_frame {
  baton_place at;
  baton_value parts;
  board *shared;
  size_t file;
} count_frame;

BATON_RESUME(count_resume) {
  baton_begin(count_frame, f);
  baton_async_for(&f->parts) {
    tally part = tally_from_value(in);
    board_advance(f->shared, f->file, &part);
  }
  baton_cleanup;
  baton_end;
}

BATON_CORO(count_file, count_resume, count_frame, parts, 1);

int32_t count_new(board *shared, size_t file, baton_value *out) {
  baton_value parts = baton_none();
  int32_t status = split_new(shared, shared->files[file].name, &parts);
  if (status == BATON_OK) status = baton_coro_new(&count_file, out);
  if (status == BATON_OK) {
    count_frame *f = baton_coro_frame(out);
    f->parts = baton_take(&parts);
    f->shared = shared;
    f->file = file;
  }
  baton_drop(&parts);
  return status;
}
