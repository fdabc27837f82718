/* SPDX-License-Identifier: MIT */
/* The value of asend is lost; the generator gets none. */
#define HAND_TURN_BEGIN_ASEND bad_turn_begin_asend
#include "../good/hand/hand.c"

static int32_t bad_turn_begin_asend(hand_turn *turn, baton_context *cx,
                                    baton_value *in, baton_value *out) {
  if (atomic_load(&hand_of(&turn->generator)->state) == BATON_SUSPENDED)
    baton_drop(&turn->value);
  return hand_turn_begin_asend(turn, cx, in, out);
}
