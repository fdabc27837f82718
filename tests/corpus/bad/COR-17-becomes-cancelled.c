/* SPDX-License-Identifier: MIT */
/* A generator-exit that is thrown reaches a body that awaits as cancelled. */
#define HAND_CLOSE_CHILD bad_close_child
#include "../good/hand/hand.c"

static void bad_close_child(hand *own, baton_context *cx, baton_value *error,
                            baton_value *out) {
  hand_close_child(own, cx, error, out);
  if (baton_error_kind(error) != BATON_ERROR_GENERATOR_EXIT) return;
  baton_drop(error);
  *error = baton_from_kind(BATON_ERROR_CANCELLED);
}
