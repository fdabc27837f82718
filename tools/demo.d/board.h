/* SPDX-License-Identifier: MIT */
#ifndef DEMO_BOARD_H
#define DEMO_BOARD_H

#include <stddef.h>

#include "pool.h"
#include "tally.h"

/** @file
 * What the pipelines share: the files, where to note results, and what was
 * seen of the interleaving. Only the loop's thread touches it.
 */

#define BOARD_LANES_MOST 64 /**< files in flight at once */

typedef struct board_file {
  const char *name;
  tally counted; /**< so far */
  int error;     /**< the platform's number, or 0 */
  int done;
} board_file;

typedef struct board {
  pool *readers;
  board_file *files;
  size_t file_count;
  size_t next; /**< the first file that no lane has taken */
  size_t done; /**< failed ones included */
  size_t failed;
  size_t in_flight; /**< files that are being read now */
  size_t in_flight_most;
  size_t cancelled; /**< pipelines that were cancelled and cleaned up */
  size_t last;      /**< the file of the latest chunk */
  uint64_t chunks;
  uint64_t switches; /**< chunks of another file than the one before */
  uint64_t bytes;    /**< read so far */
  baton_value lane;  /**< the first lane, to look at */
} board;

/** Gives a lane its next file. @return 0 if there is none. */
int board_take(board *self, size_t *file);

/** Notes a chunk's counts. */
void board_advance(board *self, size_t file, const tally *part);

/** Notes that a file ended, with the platform's error or 0; an error is told
 * on standard error at once. */
void board_finish(board *self, size_t file, int error);

#endif
