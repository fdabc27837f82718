/* SPDX-License-Identifier: MIT */
/* A handle that was lent is released, as its lender is. */
#define HAND_DETACH bad_detach
#include "../good/hand/hand.c"

static void bad_detach(hand_child *child) {
  baton_value handle = baton_take(&child->handle);
  if (!baton_is_none(&child->owner)) baton_drop(&handle);
  child->handle = handle;
  hand_detach(child);
}
