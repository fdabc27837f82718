/* SPDX-License-Identifier: MIT */
/* A release of what is suspended says that it could not. */
#define HAND_RELEASE bad_release
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_release(const baton_value *self) {
  uint32_t state = atomic_load(&hand_of(self)->state);
  hand_release(self);
  return state == BATON_SUSPENDED ? BATON_BUSY : BATON_OK;
}
