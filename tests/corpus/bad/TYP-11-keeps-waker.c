/* SPDX-License-Identifier: MIT */
/* A clone of the waker is not given back by what is released while it waits. */
#define HAND_NAP_DROP bad_nap_drop
#include "../good/hand/hand.c"

static void bad_nap_drop(hand *own) {
  if (own->nap) hand_nap_leave(own->nap, 0);
  own->nap = NULL;
}
