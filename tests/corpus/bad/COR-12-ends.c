/* SPDX-License-Identifier: MIT */
/* A throw that is refused since it is no error ends what is suspended. */
#define HAND_THROW bad_throw
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_throw(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  int32_t status = hand_throw(self, cx, error, out);
  if (status == BATON_INVALID_ARGUMENT &&
      atomic_load(&hand_of(self)->state) != BATON_RUNNING)
    hand_end(hand_of(self));
  return status;
}
