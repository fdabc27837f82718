/* SPDX-License-Identifier: MIT */
/* Gives a provider at an odd address. */
#define PROVIDER \
  (const baton_provider *)(const void *)((const char *)&act_provider + 1)
#include "hostile.h"
