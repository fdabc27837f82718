/* SPDX-License-Identifier: MIT */
/* The error of athrow is dropped, and the generator just goes on. */
#define HAND_TURN_BEGIN_ATHROW bad_turn_begin_athrow
#include "../good/hand/hand.c"

static int32_t bad_turn_begin_athrow(hand_turn *turn, baton_context *cx,
                                     const baton_value *in, baton_value *out) {
  baton_value none = baton_none();
  hand *own = hand_of(&turn->generator);
  if (turn->mode != HAND_MODE_ATHROW ||
      atomic_load(&own->state) != BATON_SUSPENDED || atomic_load(&own->claimed))
    return hand_turn_begin_athrow(turn, cx, in, out);
  baton_drop(&turn->value);
  return HAND_TURN_BEGIN_ASEND(turn, cx, &none, out);
}
