/* SPDX-License-Identifier: MIT */
/* Ends the thread that calls. */
#include <pthread.h>
#define ON_SEND pthread_exit(NULL)
#include "hostile.h"
