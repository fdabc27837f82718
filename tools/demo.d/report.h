/* SPDX-License-Identifier: MIT */
#ifndef DEMO_REPORT_H
#define DEMO_REPORT_H

#include "board.h"
#include "moment.h"

/** @file
 * The results on standard output, for people or as JSON.
 */

typedef struct report {
  const board *seen;
  const moment *chain;
  tally total;
  uint64_t steps; /**< how often the driver was entered */
  double seconds;
} report;

/** A row for each file that could be read, a total if there were more than
 * one file, what was seen of the interleaving, the await chain. */
void report_table(const report *self);

/** The same and the files that failed, as one JSON object. */
void report_json(const report *self);

#endif
