/* SPDX-License-Identifier: MIT */
/* A close in the midst of an iteration does not close the awaitable of the
 * item. */
#define HAND_DRIVE_CLOSE bad_drive_close
#include "../good/hand/hand.c"

static int32_t bad_drive_close(const baton_value *self, baton_context *cx,
                               baton_value *out) {
  hand *own = hand_of(self);
  if (own->body->resume == hand_last &&
      atomic_load(&own->state) == BATON_SUSPENDED)
    HAND_DETACH(&own->child);
  return hand_drive_close(self, cx, out);
}
