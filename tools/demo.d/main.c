/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"
#include "moment.h"
#include "options.h"
#include "pipeline.h"
#include "progress.h"
#include "report.h"

typedef struct run {
  loop where;
  board shared;
  moment chain;
  baton_value root;
  baton_task *task;
  uint64_t steps;
  double seconds;
  int ended;
  int32_t status;     /* of the root: RETURN or ERROR */
  baton_value result; /* its tally, or the error */
  int signal;         /* that cancelled it, or 0 */
} run;

static void BATON_CALL root_ended(void *arg, int32_t status,
                                  baton_value *result) {
  run *self = arg;
  self->ended = 1;
  self->status = status;
  self->result = baton_take(result);
}

/* The driver: one thread takes one wake after another. */
static void run_loop(run *self) {
  int timeout = progress_is_shown() ? PROGRESS_INTERVAL : -1;
  while (!self->ended) {
    baton_work *work = loop_next(&self->where, timeout);
    if (work) {
      work->run(work);
      if (++self->steps == 1 && !self->ended)
        moment_record(&self->chain, &self->root, &self->shared);
    }
    progress_draw(&self->shared);
  }
}

static int start_root(run *self) {
  baton_value given;
  if (merge_new(&self->shared, &self->root) != BATON_OK) return 0;
  if (baton_copy(&self->root, &given) != BATON_OK) return 0;
  if (baton_start(&given, &self->where.executor, root_ended, self,
                  &self->task) == BATON_OK)
    return 1;
  baton_drop(&given);
  return 0;
}

/* The signals are blocked before a reader exists, and heard until the task
 * has ended. */
static int run_everything(run *self) {
  double started = progress_clock();
  loop_init(&self->where);
  if (!start_root(self) || !interrupt_start(&self->where, self->task)) return 0;
  self->shared.readers = pool_start();
  if (!self->shared.readers) return 0;
  run_loop(self);
  self->signal = interrupt_stop();
  self->seconds = progress_clock() - started;
  progress_clear();
  baton_drop(&self->shared.lane);
  baton_drop(&self->root);
  baton_task_release(self->task);
  pool_stop(self->shared.readers);
  loop_destroy(&self->where);
  return 1;
}

/* ---- What came of it ---------------------------------------------------- */

static int tell_interrupted(const run *self) {
  fprintf(stderr,
          "baton-demo: interrupted; %zu of %zu files done, "
          "%zu in flight, %zu cancelled and cleaned up\n",
          self->shared.done, self->shared.file_count, self->shared.in_flight,
          self->shared.cancelled);
  return 128 + self->signal;
}

static int tell_failure(const run *self) {
  char text[4096];
  baton_error_print(&self->result, text, sizeof text);
  fprintf(stderr, "baton-demo: %s\n", text);
  return 1;
}

static int tell_results(const run *self, int json) {
  report results = {.seen = &self->shared,
                    .chain = &self->chain,
                    .total = tally_from_value(&self->result),
                    .steps = self->steps,
                    .seconds = self->seconds};
  if (json)
    report_json(&results);
  else
    report_table(&results);
  if (fflush(stdout) != 0 || ferror(stdout)) {
    fprintf(stderr, "baton-demo: standard output: %s\n", strerror(errno));
    return 1;
  }
  return self->shared.failed > 0;
}

static int tell(const run *self, int json) {
  if (self->status == BATON_RETURN) return tell_results(self, json);
  return self->signal ? tell_interrupted(self) : tell_failure(self);
}

int main(int argc, char **argv) {
  static run self;
  options given;
  int status = options_read(&given, argc, argv);
  if (status >= 0) return status;
  self.shared.file_count = (size_t)given.name_count;
  self.shared.files = calloc(self.shared.file_count, sizeof(board_file));
  for (size_t i = 0; self.shared.files && i < self.shared.file_count; i++)
    self.shared.files[i].name = given.names[i];
  if (given.progress || isatty(STDERR_FILENO)) progress_start();
  if (!self.shared.files || !run_everything(&self)) {
    fprintf(stderr, "baton-demo: no memory or no threads\n");
    return 1;
  }
  status = tell(&self, given.json);
  baton_drop(&self.result);
  free(self.shared.files);
  return status;
}
