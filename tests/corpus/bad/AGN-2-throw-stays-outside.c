/* SPDX-License-Identifier: MIT */
/* What is thrown into an awaitable that was begun is raised without the
 * generator. */
#define HAND_TURN_THROW bad_turn_throw
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_turn_throw(const baton_value *self,
                                         baton_context *cx, baton_value *error,
                                         baton_value *out) {
  hand_turn *turn = hand_turn_of(self);
  int begun = turn->life == HAND_LIFE_ITER && baton_is_object(error);
  int32_t status = hand_turn_throw(self, cx, error, out);
  if (!begun || status != BATON_ERROR) return status;
  baton_drop(out);
  *out = hand_error_say(BATON_ERROR_CANCELLED, "the awaitable was cancelled");
  return status;
}
