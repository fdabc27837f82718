/* SPDX-License-Identifier: MIT */
/* What a coroutine was made with stays if it is never started. */
#define HAND_LET_GO bad_let_go
#include "../good/hand/hand.c"

static void bad_let_go(hand *own) {
  if (atomic_load(&own->state) == BATON_CREATED &&
      own->body->resume == hand_pair)
    own->y = baton_none();
  hand_let_go(own);
}
