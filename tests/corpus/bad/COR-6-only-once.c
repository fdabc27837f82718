/* SPDX-License-Identifier: MIT */
/* A second throw of a coroutine that survived the first is as a send of none.
 * */
#define HAND_FIELDS int thrown;
#define HAND_DRIVE_THROW bad_drive_throw
#include "../good/hand/hand.c"

static int32_t bad_drive_throw(const baton_value *self, baton_context *cx,
                               baton_value *error, baton_value *out) {
  hand *own = hand_of(self);
  baton_value none = baton_none();
  if (atomic_load(&own->state) != BATON_SUSPENDED || own->thrown++ == 0)
    return hand_drive_throw(self, cx, error, out);
  baton_drop(error);
  return hand_drive_send(self, cx, &none, out);
}
