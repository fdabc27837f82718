/* SPDX-License-Identifier: MIT */
#ifndef BATON_MEMORY_H
#define BATON_MEMORY_H

#include <stddef.h>

/** @file
 * Blocks of memory: freelists by size, one set a thread, over the process's
 * allocator. A block may be freed on any thread.
 */

/** @return `size` bytes aligned to 16, not cleared; null if there are none. */
void *baton_allocate(size_t size);

/** Frees a block; `size` is what it was allocated with. */
void baton_free(void *block, size_t size);

/** Returns this thread's freelists to the allocator. */
void baton_memory_flush(void);

#endif
