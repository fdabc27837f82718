/* SPDX-License-Identifier: MIT */
/* Stops its process. */
#include <signal.h>
#define ON_SEND raise(SIGSTOP)
#include "hostile.h"
