/* SPDX-License-Identifier: MIT */
/* The last release of what is suspended lets go of it without a close. */
#define HAND_ABANDON bad_abandon
#include "../good/hand/hand.c"

static void bad_abandon(const baton_value *self) {}
