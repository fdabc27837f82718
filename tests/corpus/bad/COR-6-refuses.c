/* SPDX-License-Identifier: MIT */
/* A cancel of what is suspended is refused. */
#define HAND_DRIVE_THROW bad_drive_throw
#include "../good/hand/hand.c"

static int32_t bad_drive_throw(const baton_value *self, baton_context *cx,
                               baton_value *error, baton_value *out) {
  hand *own = hand_of(self);
  if (own->body->resume == hand_echo && !baton_is_object(error) &&
      baton_error_kind(error) == BATON_ERROR_CANCELLED &&
      atomic_load(&own->state) == BATON_SUSPENDED)
    return BATON_INVALID_STATE;
  return hand_drive_throw(self, cx, error, out);
}
