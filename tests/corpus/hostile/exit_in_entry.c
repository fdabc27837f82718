/* SPDX-License-Identifier: MIT */
/* Ends the process in the entry, as if all were well. */
#include <stdlib.h>
#define ON_ENTRY exit(0)
#include "hostile.h"
