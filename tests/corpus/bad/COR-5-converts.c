/* SPDX-License-Identifier: MIT */
/* A stop-iteration that is thrown before the start is converted. */
#define HAND_DRIVE_THROW bad_drive_throw
#include "../good/hand/hand.c"

static int32_t bad_drive_throw(const baton_value *self, baton_context *cx,
                               baton_value *error, baton_value *out) {
  uint32_t before = atomic_load(&hand_of(self)->state);
  int32_t status = hand_drive_throw(self, cx, error, out);
  if (before == BATON_CREATED) hand_convert(hand_of(self), out);
  return status;
}
