/* SPDX-License-Identifier: MIT */
/* A yielded value that is not understood is dropped, and none is sent, twice.
 * */
#define HAND_RUN_YIELDED bad_run_yielded
#include "../good/hand/hand.c"

static uint32_t bad_run_yielded(hand_bell *bell, baton_value *token,
                                baton_value *in) {
  static int left = 2; /* for ever would be a hang */
  if (left == 0 || hand_find(token, BATON_EXT_WAIT, sizeof(baton_wait)))
    return hand_run_yielded(bell, token, in);
  left--;
  baton_drop(token);
  return BATON_OP_SEND;
}
