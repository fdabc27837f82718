/* SPDX-License-Identifier: MIT */
/* A descriptor that is smaller than its prefix is used. */
#define HAND_CHECK bad_check
#include "../good/hand/hand.c"

static const char *bad_check(const baton_type *type) {
  if ((uintptr_t)type < BATON_TAG_LIMIT || (uintptr_t)type % sizeof(void *) ||
      type->struct_size != BATON_TYPE_PREFIX_SIZE - 8 ||
      type->abi_major != BATON_ABI_MAJOR)
    return hand_check(type);
  return NULL;
}
