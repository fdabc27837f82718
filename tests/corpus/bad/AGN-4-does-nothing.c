/* SPDX-License-Identifier: MIT */
/* An aclose returns none and leaves the generator where it was. */
#define HAND_TURN_BEGIN_ATHROW bad_turn_begin_athrow
#include "../good/hand/hand.c"

static int32_t bad_turn_begin_athrow(hand_turn *turn, baton_context *cx,
                                     const baton_value *in, baton_value *out) {
  hand *own = hand_of(&turn->generator);
  if (turn->mode != HAND_MODE_ACLOSE ||
      atomic_load(&own->state) != BATON_SUSPENDED ||
      atomic_load(&own->claimed) || !baton_is_none(in))
    return hand_turn_begin_athrow(turn, cx, in, out);
  turn->life = HAND_LIFE_CLOSED;
  return BATON_RETURN;
}
