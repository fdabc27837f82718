/* SPDX-License-Identifier: MIT */
/* A throw of what is no error is refused by the state alone. */
#define HAND_THROW bad_throw
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_throw(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  if (atomic_load(&hand_of(self)->state) == BATON_CLOSED)
    return HAND_DRIVE_THROW(self, cx, error, out);
  return hand_throw(self, cx, error, out);
}
