/* SPDX-License-Identifier: MIT */
/* Gives a provider with another magic. */
static const unsigned char nothing[256] __attribute__((aligned(16))) = {1};
#define PROVIDER (const baton_provider *)(const void *)nothing
#include "hostile.h"
