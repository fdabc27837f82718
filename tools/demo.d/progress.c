/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include "progress.h"

#include <stdio.h>
#include <time.h>

static struct {
  int shown;
  int drawn;
  double started, latest;
} state;

double progress_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void progress_start(void) {
  state.shown = 1;
  state.started = state.latest = progress_clock();
}

int progress_is_shown(void) { return state.shown; }

void progress_draw(const board *seen) {
  double now = state.shown ? progress_clock() : 0;
  if (!state.shown || now - state.latest < PROGRESS_INTERVAL / 1000.0) return;
  double megabytes = (double)seen->bytes * 1e-6;
  fprintf(stderr, "\r%zu of %zu files, %zu in flight, %.1f MB, %.1f MB/s\x1b[K",
          seen->done, seen->file_count, seen->in_flight, megabytes,
          megabytes / (now - state.started));
  fflush(stderr);
  state.latest = now;
  state.drawn = 1;
}

void progress_clear(void) {
  if (state.drawn) fputs("\r\x1b[K", stderr);
  state.drawn = 0;
}
