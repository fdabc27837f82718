/* SPDX-License-Identifier: MIT */
/* An error is raised where the outermost body awaits a coroutine, which is
 * closed. */
#define HAND_DRIVE_THROW bad_drive_throw
#include "../good/hand/hand.c"

static int32_t bad_drive_throw(const baton_value *self, baton_context *cx,
                               baton_value *error, baton_value *out) {
  hand *own = hand_of(self);
  if (atomic_load(&own->state) == BATON_SUSPENDED &&
      baton_is_object(&own->child.handle) &&
      own->child.handle.head.type == &hand_type &&
      hand_of(&own->child.handle)->body->resume == hand_relay)
    HAND_CLOSE_CHILD(own, cx, error, out);
  return hand_drive_throw(self, cx, error, out);
}
