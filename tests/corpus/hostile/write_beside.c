/* SPDX-License-Identifier: MIT */
/* Writes past its out-parameter. */
#define ON_SEND out[1].payload.u64 = 0
#include "hostile.h"
