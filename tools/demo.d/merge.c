/* SPDX-License-Identifier: MIT */
#include <baton/author.h>

#include "pipeline.h"

typedef struct merge_frame {
  baton_place at;
  baton_value lanes, total;
  board *shared;
} merge_frame;

/* A lane ends with an error only if the whole work cannot go on, so the first
 * such error cancels the other lanes. */
static int32_t group_lanes(board *shared, baton_value *out) {
  baton_value lanes[BOARD_LANES_MOST];
  size_t made = 0, wanted = shared->file_count;
  int32_t status = BATON_OK;
  if (wanted > BOARD_LANES_MOST) wanted = BOARD_LANES_MOST;
  while (made < wanted && status == BATON_OK) {
    status = lane_new(shared, &lanes[made]);
    made += status == BATON_OK;
  }
  if (status == BATON_OK && made > 0)
    status = baton_copy(&lanes[0], &shared->lane);
  if (status == BATON_OK)
    status = baton_group_new(BATON_GROUP_FIRST_ERROR, lanes, made, out);
  while (made > 0) baton_drop(&lanes[--made]); /* none, if the group took it */
  return status;
}

static int32_t merge_files(const board *shared, baton_value *out) {
  tally total = {0, 0, 0};
  for (size_t i = 0; i < shared->file_count; i++)
    if (!shared->files[i].error) tally_add(&total, &shared->files[i].counted);
  return tally_to_value(&total, out);
}

BATON_RESUME(merge_resume) {
  baton_begin(merge_frame, f);
  int32_t status = group_lanes(f->shared, &f->lanes);
  if (status != BATON_OK) baton_raise(pipeline_error(status));
  baton_await(baton_take(&f->lanes));
  if (merge_files(f->shared, &f->total) != BATON_OK)
    baton_raise(pipeline_error(BATON_NO_MEMORY));
  baton_return(baton_take(&f->total));
  baton_cleanup;
  baton_end;
}

BATON_CORO(merge_totals, merge_resume, merge_frame, lanes, 2);

int32_t merge_new(board *shared, baton_value *out) {
  int32_t status = baton_coro_new(&merge_totals, out);
  if (status == BATON_OK)
    ((merge_frame *)baton_coro_frame(out))->shared = shared;
  return status;
}

baton_value pipeline_error(int32_t status) {
  if (status == BATON_NO_MEMORY) return baton_from_kind(BATON_ERROR_NO_MEMORY);
  return baton_error_new(BATON_ERROR_RUNTIME, "refused with status %d",
                         (int)status);
}
