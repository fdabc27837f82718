/* SPDX-License-Identifier: MIT */
#include <baton/author.h>
#include <string.h>

#include "pipeline.h"

typedef struct read_frame {
  baton_place at;
  baton_value chunk;
  board *shared;
  source *file;
} read_frame;

static baton_value os_error(int number) {
  baton_value payload = baton_from_i64(number);
  baton_value error = baton_error_new(BATON_ERROR_OS, "%s", strerror(number));
  baton_error_set_payload(&error, &payload);
  return error;
}

BATON_RESUME(read_resume) {
  baton_begin(read_frame, f);
  for (;;) {
    do {
      int32_t status = source_wait(f->file, cx->waker);
      if (status != BATON_OK) baton_raise(pipeline_error(status));
      baton_wait();
    } while (!source_is_ready(f->file));
    int error = source_take(f->file, &f->chunk);
    if (error) baton_raise(os_error(error));
    if (baton_is_none(&f->chunk)) break;
    baton_item(baton_take(&f->chunk));
  }
  baton_cleanup;
  f->shared->cancelled +=
      baton_error_kind(&f->at.outcome) == BATON_ERROR_CANCELLED;
  baton_end;
}

static void BATON_CALL read_drop(void *frame) {
  source_drop(((read_frame *)frame)->file);
}

static const baton_body read_body = {
    .struct_size = sizeof(baton_body),
    .kind = BATON_KIND_ASYNC_GENERATOR,
    .frame_size = sizeof(read_frame),
    .value_offset = offsetof(read_frame, chunk),
    .value_count = 1,
    .name = "read",
    .file = __FILE__,
    .resume = read_resume,
    .drop = read_drop,
    .line_of = baton_place_line};

int32_t read_new(board *shared, const char *name, baton_value *out) {
  int32_t status = baton_coro_new(&read_body, out);
  if (status != BATON_OK) return status;
  read_frame *f = baton_coro_frame(out);
  f->shared = shared;
  f->file = source_new(shared->readers, name);
  if (f->file) return BATON_OK;
  baton_drop(out);
  return BATON_NO_MEMORY;
}
