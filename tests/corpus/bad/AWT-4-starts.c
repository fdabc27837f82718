/* SPDX-License-Identifier: MIT */
/* am_await starts the body. */
#define HAND_AM_AWAIT bad_am_await
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_am_await(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  baton_value none = baton_none(), first = baton_none();
  if (self->head.type == &hand_type &&
      hand_of(self)->body->resume == hand_greet &&
      atomic_load(&hand_of(self)->state) == BATON_CREATED)
    HAND_DRIVE_SEND(self, cx, &none, &first);
  baton_drop(&first);
  return hand_am_await(self, cx, out);
}
