/* SPDX-License-Identifier: MIT */
/* am_await of what is suspended closes it. */
#define HAND_AM_AWAIT bad_am_await
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_am_await(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  if (self->head.type == &hand_type &&
      atomic_load(&hand_of(self)->state) == BATON_SUSPENDED) {
    hand_drive_close(self, cx, out);
    baton_drop(out);
  }
  return hand_am_await(self, cx, out);
}
