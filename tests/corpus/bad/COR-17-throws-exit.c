/* SPDX-License-Identifier: MIT */
/* Generator-exit is thrown into the child instead of closing it. */
#define HAND_CLOSE_CHILD bad_close_child
#include "../good/hand/hand.c"

static void bad_close_child(hand *own, baton_context *cx, baton_value *error,
                            baton_value *out) {}
