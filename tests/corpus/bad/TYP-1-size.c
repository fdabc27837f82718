/* SPDX-License-Identifier: MIT */
/* The descriptor tells a size that does not hold its prefix. */
#define HAND_TYPE_SIZE 8
#include "../good/hand/hand.c"
