/* SPDX-License-Identifier: MIT */
/* A coroutine that has ended answers throw as a generator does. */
#define HAND_DRIVE_THROW bad_drive_throw
#include "../good/hand/hand.c"

static int32_t bad_drive_throw(const baton_value *self, baton_context *cx,
                               baton_value *error, baton_value *out) {
  int32_t status = hand_drive_throw(self, cx, error, out);
  if (status != BATON_INVALID_STATE) return status;
  *out = baton_take(error);
  return BATON_ERROR;
}
