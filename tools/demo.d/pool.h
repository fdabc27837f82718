/* SPDX-License-Identifier: MIT */
#ifndef DEMO_POOL_H
#define DEMO_POOL_H

#include <baton/runtime.h>

/** @file
 * Reader threads: where the demo's wakes come from.
 *
 * A source is a file that the threads open, read and close. Each holds at
 * most one chunk that nobody has taken, so whoever takes slowly is read
 * slowly, and memory is bounded by the number of sources.
 */

#define POOL_READERS 4        /**< threads at the start */
#define POOL_READERS_MOST 80  /**< with those that wait for pipes */
#define POOL_CHUNK_SIZE 65536 /**< bytes */

typedef struct pool pool;
typedef struct source source;

/** Starts the threads. Null if the system has none to give. */
pool *pool_start(void);

/** Ends the threads, those that wait for a pipe too. Sources that were not
 * dropped before are no longer read. */
void pool_stop(pool *self);

/** A file to be read; "-" is standard input. @param name outlives the source.
 * Null if memory is short. */
source *source_new(pool *readers, const char *name);

/** Has `waker` woken when the next chunk is there: at once if it is. So each
 * chunk is a turn of its own, and no file runs ahead of the others. @return
 * BATON_OK, NO_MEMORY. */
int32_t source_wait(source *self, const baton_waker *waker);

/** Whether the next chunk, the end or an error is there. */
int source_is_ready(source *self);

/**
 * Takes the chunk that is there, and has the next one read meanwhile.
 *
 * @param out receives bytes, or none at the end and on an error.
 * @return 0, or the platform's number of the error.
 */
int source_take(source *self, baton_value *out);

/** Lets go of a source in any state, without waiting. Null is allowed. */
void source_drop(source *self);

#endif
