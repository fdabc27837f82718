/* SPDX-License-Identifier: MIT */
/* An aclose ends with the generator-exit that it has raised. */
#define HAND_TURN_END bad_turn_end
#include "../good/hand/hand.c"

static int32_t bad_turn_end(hand_turn *turn, int32_t status, baton_value *out) {
  int exits = turn->mode == HAND_MODE_ACLOSE && !turn->exiting &&
              status == BATON_ERROR &&
              baton_error_kind(out) == BATON_ERROR_GENERATOR_EXIT;
  status = hand_turn_end(turn, status, out);
  if (!exits) return status;
  *out = baton_from_kind(BATON_ERROR_GENERATOR_EXIT);
  return BATON_ERROR;
}
