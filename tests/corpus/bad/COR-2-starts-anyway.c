/* SPDX-License-Identifier: MIT */
/* A value that is sent before the start is dropped, and the body starts. */
#define HAND_DRIVE_SEND bad_drive_send
#include "../good/hand/hand.c"

static int32_t bad_drive_send(const baton_value *self, baton_context *cx,
                              baton_value *in, baton_value *out) {
  if (atomic_load(&hand_of(self)->state) == BATON_CREATED) baton_drop(in);
  return hand_drive_send(self, cx, in, out);
}
