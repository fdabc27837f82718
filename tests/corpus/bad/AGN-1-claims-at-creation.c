/* SPDX-License-Identifier: MIT */
/* An awaitable claims the generator when it is made. */
#define HAND_FIELDS const void *claimant;
#define HAND_ASEND bad_asend
#define HAND_AM_ANEXT bad_am_anext
#define HAND_TURN_CLAIM bad_turn_claim
#include "../good/hand/hand.c"

static int32_t claim_early(const baton_value *self, int32_t status,
                           const baton_value *turn) {
  hand *own = hand_of(self);
  if (status == BATON_OWNED && !atomic_exchange(&own->claimed, 1))
    own->claimant = turn->payload.object;
  return status;
}

static int32_t BATON_CALL bad_asend(const baton_value *self, baton_context *cx,
                                    baton_value *in, baton_value *out) {
  return claim_early(self, hand_asend(self, cx, in, out), out);
}

static int32_t BATON_CALL bad_am_anext(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  return claim_early(self, hand_am_anext(self, cx, out), out);
}

static int bad_turn_claim(const hand_turn *turn) {
  hand *own = hand_of(&turn->generator);
  int mine = own->claimant == turn;
  if (mine) own->claimant = NULL;
  return mine || hand_turn_claim(turn);
}
