/* SPDX-License-Identifier: MIT */
/* A close that was suspended is forgotten: the send that follows just goes on.
 * */
#define HAND_DRIVE_CLOSE bad_drive_close
#include "../good/hand/hand.c"

static int32_t bad_drive_close(const baton_value *self, baton_context *cx,
                               baton_value *out) {
  int32_t status = hand_drive_close(self, cx, out);
  if (hand_is_suspension(status))
    hand_of(self)->closing = hand_of(self)->exiting = 0;
  return status;
}
