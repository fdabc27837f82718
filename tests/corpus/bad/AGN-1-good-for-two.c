/* SPDX-License-Identifier: MIT */
/* An awaitable of asend can be awaited once more. */
#define HAND_TURN_SEND bad_turn_send
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_turn_send(const baton_value *self,
                                        baton_context *cx, baton_value *in,
                                        baton_value *out) {
  hand_turn *turn = hand_turn_of(self);
  if (turn->life == HAND_LIFE_CLOSED) turn->life = HAND_LIFE_INIT;
  return hand_turn_send(self, cx, in, out);
}
