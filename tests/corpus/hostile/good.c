/* SPDX-License-Identifier: MIT */
/* Does nothing evil: the frame of the others. */
#include "hostile.h"
