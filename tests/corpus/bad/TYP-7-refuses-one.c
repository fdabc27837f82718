/* SPDX-License-Identifier: MIT */
/* A coroutine cannot be retained. */
#define HAND_RETAIN bad_retain
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_retain(const baton_value *self) {
  if (hand_of(self)->body->resume == hand_greet) return BATON_UNSUPPORTED;
  return hand_retain(self);
}
