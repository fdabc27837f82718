/* SPDX-License-Identifier: MIT */
/* The memory of a coroutine is not given back. */
#define HAND_RELEASE bad_release
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_release(const baton_value *self) {
  if (atomic_load(&hand_of(self)->references) == 1) HAND_ALLOCATE(1);
  return hand_release(self);
}
