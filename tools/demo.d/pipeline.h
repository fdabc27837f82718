/* SPDX-License-Identifier: MIT */
#ifndef DEMO_PIPELINE_H
#define DEMO_PIPELINE_H

#include "board.h"

/** @file
 * The coroutines. Each awaits the next, and nothing runs them but the driver:
 *
 *     merge_totals    coroutine        awaits a group of lanes, adds up
 *       run_lane      coroutine        awaits one file after another
 *         count_file  coroutine        async for over the tallies of a file
 *           split     async generator  async for over chunks; words and lines
 *             read    async generator  waits for a reader thread
 */

/** Makes an async generator of a file's chunks, as bytes. It fails with an
 * os-error that carries the platform's number. */
int32_t read_new(board *shared, const char *name, baton_value *out);

/** Makes an async generator of one tally for each of a file's chunks, and of
 * a last one if a word is found at the very end only. */
int32_t split_new(board *shared, const char *name, baton_value *out);

/** Makes a coroutine that counts a file on the board. */
int32_t count_new(board *shared, size_t file, baton_value *out);

/** Makes a coroutine that counts files until none is left. */
int32_t lane_new(board *shared, baton_value *out);

/** Makes a coroutine that counts all files and returns the tally of those that
 * could be read. */
int32_t merge_new(board *shared, baton_value *out);

/** The error for a status that made nothing. */
baton_value pipeline_error(int32_t status);

#endif
