/* SPDX-License-Identifier: MIT */
/* An athrow that ends the generator returns none, as aclose does. */
#define HAND_TURN_END bad_turn_end
#include "../good/hand/hand.c"

static int32_t bad_turn_end(hand_turn *turn, int32_t status, baton_value *out) {
  status = hand_turn_end(turn, status, out);
  if (turn->mode != HAND_MODE_ATHROW || status != BATON_ERROR) return status;
  baton_drop(out);
  return BATON_RETURN;
}
