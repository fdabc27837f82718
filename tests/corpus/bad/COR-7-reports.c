/* SPDX-License-Identifier: MIT */
/* A close before the start is reported as never awaited. */
#define HAND_DRIVE_CLOSE bad_drive_close
#include "../good/hand/hand.c"

static int32_t bad_drive_close(const baton_value *self, baton_context *cx,
                               baton_value *out) {
  if (atomic_load(&hand_of(self)->state) == BATON_CREATED &&
      hand_is_coroutine(hand_of(self)))
    HAND_REPORT_UNAWAITED(self);
  return hand_drive_close(self, cx, out);
}
