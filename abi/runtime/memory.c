/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include <stdlib.h>

#include "atomic.h"
#include "baton/runtime.h"
#include "thread.h"

#define GRAIN 16u
#define CLASSES 32u  /* blocks of up to 512 bytes are kept */
#define KEPT 256u    /* as many of each size, a thread */

typedef struct free_block {
  struct free_block *next;
} free_block;

typedef struct free_list {
  free_block *first;
  uint32_t count;
} free_list;

static void *BATON_CALL from_malloc(void *arg, size_t size) {
  (void)arg;
  return malloc(size);
}

static void BATON_CALL to_free(void *arg, void *block, size_t size) {
  (void)arg;
  (void)size;
  free(block);
}

static const baton_allocator standard = {from_malloc, to_free, NULL};
static baton_allocator current = {from_malloc, to_free, NULL};

/* Blocks that the allocator has given and not got back. */
static uint64_t given;

static size_t rounded(size_t size) {
  return (size + GRAIN - 1) & ~(size_t)(GRAIN - 1);
}

static void *allocate_new(size_t size) {
  void *block = current.allocate(current.arg, size);
  if (block) baton_add(&given, 1);
  return block;
}

static void release_block(void *block, size_t size) {
  baton_add(&given, (uint64_t)-1);
  current.release(current.arg, block, size);
}

#ifdef BATON_NO_FREELIST

void *baton_allocate(size_t size) { return allocate_new(rounded(size)); }

void baton_free(void *block, size_t size) {
  release_block(block, rounded(size));
}

void baton_memory_flush(void) {}

#else

static BATON_THREAD_LOCAL free_list lists[CLASSES];
/* Whether this thread's exit will flush; set with its first kept block. */
static BATON_THREAD_LOCAL int will_flush;

void *baton_allocate(size_t size) {
  size = rounded(size);
  size_t class = size / GRAIN - 1;
  if (baton_likely(class < CLASSES)) {
    free_list *list = &lists[class];
    free_block *block = list->first;
    if (baton_likely(block != NULL)) {
      list->first = block->next;
      list->count--;
      return block;
    }
  }
  return allocate_new(size);
}

void baton_free(void *block, size_t size) {
  size = rounded(size);
  size_t class = size / GRAIN - 1;
  if (baton_likely(class < CLASSES && lists[class].count < KEPT)) {
    if (baton_likely(will_flush || baton_thread_at_exit())) {
      free_block *kept = block;
      will_flush = 1;
      kept->next = lists[class].first;
      lists[class].first = kept;
      lists[class].count++;
      return;
    }
  }
  release_block(block, size);
}

void baton_memory_flush(void) {
  will_flush = 0;
  for (size_t class = 0; class < CLASSES; class ++) {
    while (lists[class].first) {
      free_block *block = lists[class].first;
      lists[class].first = block->next;
      lists[class].count--;
      release_block(block, (class + 1) * GRAIN);
    }
  }
}

#endif

int32_t baton_set_allocator(const baton_allocator *allocator) {
  baton_thread_flush();
  if (baton_load(&given) != 0) return BATON_INVALID_STATE;
  current = allocator ? *allocator : standard;
  return BATON_OK;
}

void baton_read_counters(baton_counters *out) {
  uint64_t kept = 0;
#ifndef BATON_NO_FREELIST
  for (size_t class = 0; class < CLASSES; class ++)
    kept += lists[class].count;
#endif
  out->blocks = baton_load(&given) - kept;
  out->leaked = baton_leaked();
}
