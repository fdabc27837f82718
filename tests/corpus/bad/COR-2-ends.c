/* SPDX-License-Identifier: MIT */
/* A value that is sent before the start is an error, and the end. */
#define HAND_DRIVE_SEND bad_drive_send
#include "../good/hand/hand.c"

static int32_t bad_drive_send(const baton_value *self, baton_context *cx,
                              baton_value *in, baton_value *out) {
  uint32_t before = atomic_load(&hand_of(self)->state);
  int32_t status = hand_drive_send(self, cx, in, out);
  if (before == BATON_CREATED && !baton_is_none(in)) hand_end(hand_of(self));
  return status;
}
