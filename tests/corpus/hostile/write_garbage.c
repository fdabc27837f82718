/* SPDX-License-Identifier: MIT */
/* Writes what no text may have when it is loaded. */
#include <stdio.h>
#define ON_LOAD fputs("\033[2J]]>\xff\xfe\x01<&'\"\\\n", stderr)
#include "hostile.h"
