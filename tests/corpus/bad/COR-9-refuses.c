/* SPDX-License-Identifier: MIT */
/* A close after the end is refused. */
#define HAND_DRIVE_CLOSE bad_drive_close
#include "../good/hand/hand.c"

static int32_t bad_drive_close(const baton_value *self, baton_context *cx,
                               baton_value *out) {
  const hand *own = hand_of(self);
  if (atomic_load(&own->state) == BATON_CLOSED &&
      own->body->resume != hand_relay)
    return BATON_INVALID_STATE;
  return hand_drive_close(self, cx, out);
}
