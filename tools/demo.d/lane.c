/* SPDX-License-Identifier: MIT */
#include <baton/author.h>

#include "pipeline.h"

typedef struct lane_frame {
  baton_place at;
  baton_value counting;
  board *shared;
  size_t file;
} lane_frame;

/* The number that an os-error carries; 0 for any other error. */
static int os_error_number(const baton_value *error) {
  baton_value payload = baton_none();
  if (baton_error_kind(error) != BATON_ERROR_OS) return 0;
  error->head.type->as_error->payload(error, &payload);
  return (int)payload.payload.i64;
}

BATON_RESUME(lane_resume) {
  baton_begin(lane_frame, f);
  while (board_take(f->shared, &f->file)) {
    int32_t status = count_new(f->shared, f->file, &f->counting);
    if (status != BATON_OK) baton_raise(pipeline_error(status));
    baton_try_await(baton_take(&f->counting));
    int error = op == BATON_OP_THROW ? os_error_number(in) : 0;
    if (op == BATON_OP_THROW && !error) baton_raise(baton_take(in));
    board_finish(f->shared, f->file, error);
  }
  baton_cleanup;
  baton_end;
}

BATON_CORO(run_lane, lane_resume, lane_frame, counting, 1);

int32_t lane_new(board *shared, baton_value *out) {
  int32_t status = baton_coro_new(&run_lane, out);
  if (status == BATON_OK)
    ((lane_frame *)baton_coro_frame(out))->shared = shared;
  return status;
}
