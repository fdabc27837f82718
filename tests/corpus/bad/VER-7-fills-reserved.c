/* SPDX-License-Identifier: MIT */
/* A reserved member of the descriptor is not zero. */
#define HAND_TYPE_RESERVED 1
#include "../good/hand/hand.c"
