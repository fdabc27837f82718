/* SPDX-License-Identifier: MIT */
/* The descriptor has no name. */
#define HAND_TYPE_NAME NULL
#include "../good/hand/hand.c"
