/* SPDX-License-Identifier: MIT */
/* A value that is sent before the start is an error of kind value. */
#define HAND_DRIVE_SEND bad_drive_send
#include "../good/hand/hand.c"

static int32_t bad_drive_send(const baton_value *self, baton_context *cx,
                              baton_value *in, baton_value *out) {
  if (atomic_load(&hand_of(self)->state) != BATON_CREATED || baton_is_none(in))
    return hand_drive_send(self, cx, in, out);
  *out = hand_error_say(BATON_ERROR_VALUE, "not started yet");
  return BATON_ERROR;
}
