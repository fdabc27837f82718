/* SPDX-License-Identifier: MIT */
/* An awaitable that finds the generator claimed ends it. */
#define HAND_TURN_CLAIM bad_turn_claim
#include "../good/hand/hand.c"

static int bad_turn_claim(const hand_turn *turn) {
  if (hand_turn_claim(turn)) return 1;
  atomic_store(&hand_of(&turn->generator)->state, BATON_CLOSED);
  return 0;
}
