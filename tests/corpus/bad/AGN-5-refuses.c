/* SPDX-License-Identifier: MIT */
/* An awaitable whose generator is claimed refuses BUSY. */
#define HAND_TURN_SEND bad_turn_send
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_turn_send(const baton_value *self,
                                        baton_context *cx, baton_value *in,
                                        baton_value *out) {
  hand_turn *turn = hand_turn_of(self);
  if (turn->life == HAND_LIFE_INIT &&
      atomic_load(&hand_of(&turn->generator)->claimed))
    return BATON_BUSY;
  return hand_turn_send(self, cx, in, out);
}
