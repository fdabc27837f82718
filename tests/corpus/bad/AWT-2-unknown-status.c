/* SPDX-License-Identifier: MIT */
/* am_await returns a status that is none of its own. */
#define HAND_AM_AWAIT bad_am_await
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_am_await(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  int32_t status = hand_am_await(self, cx, out);
  int greets = self->head.type == &hand_type &&
               hand_of(self)->body->resume == hand_greet;
  return greets ? 7 : status;
}
