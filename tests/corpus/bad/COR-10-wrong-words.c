/* SPDX-License-Identifier: MIT */
/* A close that is ignored is an error of another kind. */
#define HAND_DRIVE_CLOSE bad_drive_close
#include "../good/hand/hand.c"

static int32_t bad_drive_close(const baton_value *self, baton_context *cx,
                               baton_value *out) {
  int32_t status = hand_drive_close(self, cx, out);
  if (status != BATON_ERROR ||
      atomic_load(&hand_of(self)->state) != BATON_SUSPENDED)
    return status;
  baton_drop(out);
  *out = hand_error_say(BATON_ERROR_VALUE, "close was ignored");
  return status;
}
