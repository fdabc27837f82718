/* SPDX-License-Identifier: MIT */
/* am_await gives an object that cannot be driven. */
#define HAND_AM_AWAIT bad_am_await
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_am_await(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  if (self->head.type != &hand_type ||
      hand_of(self)->body->resume != hand_greet)
    return hand_am_await(self, cx, out);
  return hand_text_new("handle", out) == BATON_OK ? BATON_OWNED
                                                  : BATON_NO_MEMORY;
}
