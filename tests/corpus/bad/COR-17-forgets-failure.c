/* SPDX-License-Identifier: MIT */
/* A generator-exit that is thrown stays one though the close below has failed.
 * */
#define HAND_CLOSE_CHILD bad_close_child
#include "../good/hand/hand.c"

static void bad_close_child(hand *own, baton_context *cx, baton_value *error,
                            baton_value *out) {
  baton_value same = baton_take(error);
  hand_close_child(own, cx, error, out);
  baton_drop(error);
  *error = same;
}
