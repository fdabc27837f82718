/* SPDX-License-Identifier: MIT */
/* The second argument is not given back. */
#define HAND_LET_GO bad_let_go
#include "../good/hand/hand.c"

static void bad_let_go(hand *own) {
  if (own->body->resume == hand_guard) own->y = baton_none();
  hand_let_go(own);
}
