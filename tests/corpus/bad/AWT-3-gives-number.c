/* SPDX-License-Identifier: MIT */
/* am_await gives a number. */
#define HAND_AM_AWAIT bad_am_await
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_am_await(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  if (self->head.type != &hand_type ||
      hand_of(self)->body->resume != hand_greet)
    return hand_am_await(self, cx, out);
  *out = baton_from_i64(5);
  return BATON_OWNED;
}
