/* SPDX-License-Identifier: MIT */
/* The library exports the function of another major. */
#define baton_provider_v0 baton_provider_v9
#include "../good/hand/hand.c"
