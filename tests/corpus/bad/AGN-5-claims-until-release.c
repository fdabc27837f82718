/* SPDX-License-Identifier: MIT */
/* An awaitable that gave an item claims its generator until it is released. */
#define HAND_FIELDS const void *holder; /* of the claim */
#define HAND_TURN_END bad_turn_end
#define HAND_TURN_RELEASE bad_turn_release
#include "../good/hand/hand.c"

static int32_t bad_turn_end(hand_turn *turn, int32_t status, baton_value *out) {
  hand *generator = hand_of(&turn->generator);
  int32_t ended = hand_turn_end(turn, status, out);
  if (status != BATON_ITEM || turn->mode != HAND_MODE_ASEND) return ended;
  generator->holder = turn;
  atomic_store(&generator->claimed, 1);
  return ended;
}

static int32_t BATON_CALL bad_turn_release(const baton_value *self) {
  hand_turn *turn = hand_turn_of(self);
  hand *generator = hand_of(&turn->generator);
  if (atomic_load(&turn->references) == 1 && generator->holder == turn) {
    generator->holder = NULL;
    atomic_store(&generator->claimed, 0);
  }
  return hand_turn_release(self);
}
