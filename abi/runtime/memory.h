/* SPDX-License-Identifier: MIT */
#ifndef BATON_MEMORY_H
#define BATON_MEMORY_H

#include <stddef.h>
#include <stdint.h>

#include "atomic.h"
#include "thread.h"

/** @file
 * Blocks of memory: freelists by size, one set a thread, over the process's
 * allocator. A block may be freed on any thread.
 */

#define BATON_GRAIN 16u   /* sizes are rounded up to it */
#define BATON_CLASSES 32u /* blocks of up to 512 bytes are kept */
#define BATON_KEPT 65536u /* as many bytes of each size, a thread */

/** @return `size` bytes from the allocator; null if there are none. */
void *baton_allocate_new(size_t size);

/** Frees a block for which there is no list, or a full one. */
void baton_free_slow(void *block, size_t size);

/** Returns this thread's freelists to the allocator. */
void baton_memory_flush(void);

static inline size_t baton_rounded(size_t size) {
  return (size + BATON_GRAIN - 1) & ~(size_t)(BATON_GRAIN - 1);
}

#ifdef BATON_NO_FREELIST

static inline void *baton_allocate_kept(size_t size) {
  (void)size;
  return NULL;
}

static inline void *baton_allocate(size_t size) {
  return baton_allocate_new(baton_rounded(size));
}

static inline void baton_free(void *block, size_t size) {
  baton_free_slow(block, baton_rounded(size));
}

#else

typedef struct baton_free_block {
  struct baton_free_block *next;
} baton_free_block;

typedef struct baton_free_list {
  baton_free_block *first;
  uint32_t count;
  uint32_t room; /* how many may be kept */
} baton_free_list;

/* This thread's lists, by class; null until the first block is freed. */
extern BATON_THREAD_LOCAL baton_free_list *baton_free_lists;

/** @return a block that this thread has kept, or null. */
static inline void *baton_allocate_kept(size_t size) {
  baton_free_list *lists = baton_free_lists;
  size_t class = (size - 1) / BATON_GRAIN;
  if (baton_unlikely(!lists || class >= BATON_CLASSES)) return NULL;
  baton_free_block *block = lists[class].first;
  if (baton_unlikely(!block)) return NULL;
  lists[class].first = block->next;
  lists[class].count--;
  return block;
}

/** @return `size` bytes aligned to 16, not cleared; null if there are none. */
static inline void *baton_allocate(size_t size) {
  void *block = baton_allocate_kept(size);
  return baton_likely(block) ? block : baton_allocate_new(baton_rounded(size));
}

/** Frees a block; `size` is what it was allocated with, not 0. */
static inline void baton_free(void *block, size_t size) {
  baton_free_list *lists = baton_free_lists;
  size_t class = (size - 1) / BATON_GRAIN;
  if (baton_likely(lists && class < BATON_CLASSES)) {
    baton_free_list *list = &lists[class];
    if (baton_likely(list->count < list->room)) {
      baton_free_block *kept = block;
      kept->next = list->first;
      list->first = kept;
      list->count++;
      return;
    }
  }
  baton_free_slow(block, baton_rounded(size));
}

#endif

#endif
