/* SPDX-License-Identifier: MIT */
/* Forks in send and returns in both processes. */
#include <unistd.h>
#define ON_SEND fork()
#include "hostile.h"
