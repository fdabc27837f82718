/* SPDX-License-Identifier: MIT */
/* A coroutine converts a stop-async-iteration too. */
#define HAND_CONVERT bad_convert
#include "../good/hand/hand.c"

static void bad_convert(const hand *own, baton_value *error) {
  if (own->body->kind == BATON_KIND_COROUTINE &&
      baton_error_kind(error) == BATON_ERROR_STOP_ASYNC_ITERATION)
    *error = hand_error_from(error, "coroutine raised StopAsyncIteration");
  hand_convert(own, error);
}
