/* SPDX-License-Identifier: MIT */
/* Aborts when it is loaded. */
#include <stdlib.h>
#define ON_LOAD abort()
#include "hostile.h"
