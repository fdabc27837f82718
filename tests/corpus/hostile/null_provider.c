/* SPDX-License-Identifier: MIT */
/* Gives no provider. */
#define PROVIDER 0
#include "hostile.h"
