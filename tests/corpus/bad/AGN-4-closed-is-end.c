/* SPDX-License-Identifier: MIT */
/* The aclose of a generator that has ended raises its end. */
#define HAND_TURN_BEGIN_ATHROW bad_begin_athrow
#include "../good/hand/hand.c"

static int32_t bad_begin_athrow(hand_turn *turn, baton_context *cx,
                                const baton_value *in, baton_value *out) {
  int ended = atomic_load(&hand_of(&turn->generator)->state) == BATON_CLOSED;
  int32_t status = hand_turn_begin_athrow(turn, cx, in, out);
  if (!ended || turn->mode != HAND_MODE_ACLOSE || status != BATON_RETURN)
    return status;
  return hand_raise_kind(BATON_ERROR_STOP_ASYNC_ITERATION, out);
}
