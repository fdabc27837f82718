/* SPDX-License-Identifier: MIT */
/* Says that it has 2^60 exports. */
#define EXPORT_COUNT ((uint64_t)1 << 60)
#include "hostile.h"
