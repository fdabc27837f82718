/* SPDX-License-Identifier: MIT */
/* A handle that am_await gave is not released. */
#define HAND_DETACH bad_detach
#include "../good/hand/hand.c"

static void bad_detach(hand_child *child) {
  if (baton_is_none(&child->owner)) child->handle = baton_none();
  hand_detach(child);
}
