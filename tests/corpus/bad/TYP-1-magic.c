/* SPDX-License-Identifier: MIT */
/* The descriptor has no magic. */
#define HAND_TYPE_MAGIC 0
#include "../good/hand/hand.c"
