/* SPDX-License-Identifier: MIT */
/* A close before the start runs the body to its first stop, and closes it
 * there. */
#define HAND_DRIVE_CLOSE bad_drive_close
#include "../good/hand/hand.c"

static int32_t bad_drive_close(const baton_value *self, baton_context *cx,
                               baton_value *out) {
  hand *own = hand_of(self);
  baton_value none = baton_none();
  if (atomic_load(&own->state) == BATON_CREATED &&
      own->body->resume == hand_guard) {
    HAND_DRIVE_SEND(self, cx, &none, out);
    baton_drop(out);
    for (int i = 0; i < 9 && atomic_load(&own->state) == BATON_SUSPENDED; i++) {
      hand_drive_close(self, cx, out);
      baton_drop(out);
    }
  }
  return hand_drive_close(self, cx, out);
}
