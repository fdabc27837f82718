/* SPDX-License-Identifier: MIT */
/* The descriptor has a flag that nobody knows. */
#define HAND_TYPE_FLAGS 0x100u
#include "../good/hand/hand.c"
