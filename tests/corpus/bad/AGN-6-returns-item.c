/* SPDX-License-Identifier: MIT */
/* An aclose to which the generator hands an item returns that. */
#define HAND_TURN_END bad_turn_end
#include "../good/hand/hand.c"

static int32_t bad_turn_end(hand_turn *turn, int32_t status, baton_value *out) {
  if (turn->mode != HAND_MODE_ACLOSE || status != BATON_ITEM)
    return hand_turn_end(turn, status, out);
  hand_turn_leave(turn);
  return BATON_RETURN;
}
