/* SPDX-License-Identifier: MIT */
/* A stop-iteration escapes a body as it is. */
#define HAND_CONVERT bad_convert
#include "../good/hand/hand.c"

static void bad_convert(const hand *own, baton_value *error) {
  if (own->body->kind == BATON_KIND_ASYNC_GENERATOR) hand_convert(own, error);
}
