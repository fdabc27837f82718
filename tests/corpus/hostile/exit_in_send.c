/* SPDX-License-Identifier: MIT */
/* Ends the process in a slot, as if all were well. */
#include <stdlib.h>
#define ON_SEND exit(0)
#include "hostile.h"
