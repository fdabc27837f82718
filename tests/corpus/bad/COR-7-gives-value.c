/* SPDX-License-Identifier: MIT */
/* A close before the start returns a value. */
#define HAND_CLOSE bad_close
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_close(const baton_value *self, baton_context *cx,
                                    baton_value *out) {
  int fresh = self && hand_of(self)->body->resume == hand_nil &&
              atomic_load(&hand_of(self)->state) == BATON_CREATED;
  int32_t status = hand_close(self, cx, out);
  if (fresh && status == BATON_RETURN) *out = baton_from_bool(1);
  return status;
}
