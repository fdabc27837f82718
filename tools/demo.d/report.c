/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

/* ---- For people --------------------------------------------------------- */

static int digits(uint64_t number) {
  return snprintf(NULL, 0, "%" PRIu64, number);
}

static int wider(int width, int other) { return other > width ? other : width; }

static void put_row(const report *self, const tally *counted,
                    const char *name) {
  printf("%*" PRIu64 "  %*" PRIu64 "  %*" PRIu64 "  ",
         wider(5, digits(self->total.lines)), counted->lines,
         wider(5, digits(self->total.words)), counted->words,
         wider(5, digits(self->total.bytes)), counted->bytes);
  text_put_name(stdout, name);
  putchar('\n');
}

static void put_chain(const moment *chain, const board *seen) {
  printf("\nThe await chain after the first step, %zu files in flight:\n",
         chain->in_flight);
  for (size_t i = 0; i < chain->count; i++) {
    const moment_member *member = &chain->members[i];
    if (i == chain->of_root) {
      printf("    one of the group's children, counting ");
      text_put_name(stdout, seen->files[0].name);
      putchar('\n');
    }
    printf("  %-22s  %-15s  %-9s", member->name, member->kind, member->state);
    if (member->line) printf("  %s:%" PRIu32, member->file, member->line);
    putchar('\n');
  }
}

void report_table(const report *self) {
  const board *seen = self->seen;
  printf("%*s  %*s  %*s  file\n", wider(5, digits(self->total.lines)), "lines",
         wider(5, digits(self->total.words)), "words",
         wider(5, digits(self->total.bytes)), "bytes");
  for (size_t i = 0; i < seen->file_count; i++)
    if (!seen->files[i].error)
      put_row(self, &seen->files[i].counted, seen->files[i].name);
  if (seen->file_count > 1) put_row(self, &self->total, "total");
  printf("\n%zu files, up to %zu in flight on one driver; %" PRIu64
         " steps, %" PRIu64 " chunks,\nof which %" PRIu64
         " came from another file than the one before; %.3f s\n",
         seen->file_count, seen->in_flight_most, self->steps, seen->chunks,
         seen->switches, self->seconds);
  put_chain(self->chain, seen);
}

/* ---- For machines ------------------------------------------------------- */

static void json_tally(const tally *counted) {
  printf("\"lines\": %" PRIu64 ", \"words\": %" PRIu64 ", \"bytes\": %" PRIu64,
         counted->lines, counted->words, counted->bytes);
}

static void json_file(const board_file *file) {
  printf("    {");
  text_put_json_name(stdout, file->name);
  printf(", ");
  if (file->error) {
    printf("\"errno\": %d, \"error\": ", file->error);
    text_put_json(stdout, strerror(file->error));
  } else {
    json_tally(&file->counted);
  }
  printf("}");
}

static void json_member(const moment_member *member) {
  printf("    {\"name\": ");
  text_put_json(stdout, member->name);
  printf(", \"kind\": \"%s\", \"state\": \"%s\"", member->kind, member->state);
  if (member->line) {
    printf(", \"file\": ");
    text_put_json(stdout, member->file);
    printf(", \"line\": %" PRIu32, member->line);
  }
  printf("}");
}

static const char *comma(size_t index, size_t count) {
  return index + 1 < count ? ",\n" : "\n";
}

void report_json(const report *self) {
  const board *seen = self->seen;
  printf("{\n  \"files\": [\n");
  for (size_t i = 0; i < seen->file_count; i++) {
    json_file(&seen->files[i]);
    printf("%s", comma(i, seen->file_count));
  }
  printf("  ],\n  \"total\": {");
  json_tally(&self->total);
  printf("},\n  \"run\": {\"in_flight\": %zu, \"steps\": %" PRIu64
         ", \"chunks\": %" PRIu64 ", \"switches\": %" PRIu64
         ", \"seconds\": %.6f},\n  \"chain\": [\n",
         seen->in_flight_most, self->steps, seen->chunks, seen->switches,
         self->seconds);
  for (size_t i = 0; i < self->chain->count; i++) {
    json_member(&self->chain->members[i]);
    printf("%s", comma(i, self->chain->count));
  }
  printf("  ]\n}\n");
}
