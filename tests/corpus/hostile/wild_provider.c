/* SPDX-License-Identifier: MIT */
/* Gives an address where nothing is. */
#define PROVIDER (const baton_provider *)(uintptr_t)4096
#include "hostile.h"
