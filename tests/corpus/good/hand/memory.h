/* SPDX-License-Identifier: MIT */

/** @file
 * Memory, counted for kit.live.
 */

static atomic_llong hand_blocks;

/* Zeroed. @return null if there is none. */
HAND_LOCAL void *hand_allocate(size_t size) {
  void *made = calloc(1, size);
  if (made) atomic_fetch_add(&hand_blocks, 1);
  return made;
}

HAND_LOCAL void hand_free(void *block) {
  atomic_fetch_sub(&hand_blocks, 1);
  free(block);
}
