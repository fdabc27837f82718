/* SPDX-License-Identifier: MIT */
#include "memory.h"

#include <stdlib.h>

#include "atomic.h"
#include "baton/runtime.h"
#include "thread.h"

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
static size_t given;

void *baton_allocate_new(size_t size) {
  void *block = current.allocate(current.arg, size);
  if (block) baton_add(&given, 1);
  return block;
}

static void give_back(void *block, size_t size) {
  baton_add(&given, (size_t)-1);
  current.release(current.arg, block, size);
}

#ifdef BATON_NO_FREELIST

void baton_free_slow(void *block, size_t size) { give_back(block, size); }

void baton_memory_flush(void) {}

static size_t kept_blocks(void) { return 0; }

#else

BATON_THREAD_LOCAL baton_free_list *baton_free_lists;

/* Returns blocks until `count` are left. */
static void shrink(baton_free_list *list, size_t size, uint32_t count) {
  if (list->count <= count) return;
  baton_add(&given, (size_t)count - list->count);
  while (list->count > count) {
    baton_free_block *block = list->first;
    list->first = block->next;
    list->count--;
    current.release(current.arg, block, size);
  }
}

/* Lists are kept once it is known that this thread's exit empties them. The
 * block that holds them is not counted as given. */
static void make_lists(void) {
  size_t size = BATON_CLASSES * sizeof *baton_free_lists;
  baton_free_list *lists;
  if (!baton_thread_at_exit()) return;
  lists = current.allocate(current.arg, size);
  if (!lists) return;
  for (uint32_t class = 0; class < BATON_CLASSES; class ++) {
    lists[class].first = NULL;
    lists[class].count = 0;
    lists[class].room = BATON_KEPT / ((class + 1) * BATON_GRAIN);
  }
  baton_free_lists = lists;
}

/* A full list gives half of it back. */
void baton_free_slow(void *block, size_t size) {
  size_t class = size / BATON_GRAIN - 1;
  if (!baton_free_lists) make_lists();
  if (baton_free_lists && class < BATON_CLASSES) {
    baton_free_list *list = &baton_free_lists[class];
    shrink(list, size, list->room / 2);
    baton_free(block, size);
    return;
  }
  give_back(block, size);
}

void baton_memory_flush(void) {
  baton_free_list *lists = baton_free_lists;
  if (!lists) return;
  baton_free_lists = NULL;
  for (size_t class = 0; class < BATON_CLASSES; class ++)
    shrink(&lists[class], (class + 1) * BATON_GRAIN, 0);
  current.release(current.arg, lists, BATON_CLASSES * sizeof *lists);
}

static size_t kept_blocks(void) {
  size_t kept = 0;
  for (size_t class = 0; baton_free_lists && class < BATON_CLASSES; class ++)
    kept += baton_free_lists[class].count;
  return kept;
}

#endif

int32_t baton_set_allocator(const baton_allocator *allocator) {
  baton_thread_flush();
  if (baton_load(&given) != 0) return BATON_INVALID_STATE;
  current = allocator ? *allocator : standard;
  return BATON_OK;
}

void baton_read_counters(baton_counters *out) {
  out->blocks = baton_load(&given) - kept_blocks();
  out->leaked = baton_leaked();
}
