/* SPDX-License-Identifier: MIT */
/* Opens a file with each send. */
#include <fcntl.h>
#define ON_SEND (void)open("/dev/null", O_RDONLY)
#include "hostile.h"
