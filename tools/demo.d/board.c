/* SPDX-License-Identifier: MIT */
#include "board.h"

#include <stdio.h>
#include <string.h>

#include "progress.h"
#include "text.h"

int board_take(board *self, size_t *file) {
  if (self->next == self->file_count) return 0;
  *file = self->next++;
  if (++self->in_flight > self->in_flight_most)
    self->in_flight_most = self->in_flight;
  return 1;
}

void board_advance(board *self, size_t file, const tally *part) {
  tally_add(&self->files[file].counted, part);
  self->bytes += part->bytes;
  self->switches += self->chunks > 0 && self->last != file;
  self->chunks++;
  self->last = file;
}

void board_finish(board *self, size_t file, int error) {
  self->files[file].done = 1;
  self->files[file].error = error;
  self->in_flight--;
  self->done++;
  if (!error) return;
  self->failed++;
  progress_clear();
  fputs("baton-demo: ", stderr);
  text_put_name(stderr, self->files[file].name);
  fprintf(stderr, ": %s\n", strerror(error));
}
