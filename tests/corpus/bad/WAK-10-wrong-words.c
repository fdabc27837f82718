/* SPDX-License-Identifier: MIT */
/* A yielded value that is not understood is an error that does not name it. */
#define HAND_RUN_YIELDED bad_run_yielded
#include "../good/hand/hand.c"

static uint32_t bad_run_yielded(hand_bell *bell, baton_value *token,
                                baton_value *in) {
  if (hand_find(token, BATON_EXT_WAIT, sizeof(baton_wait)))
    return hand_run_yielded(bell, token, in);
  baton_drop(token);
  *in = hand_error_say(BATON_ERROR_RUNTIME, "what is that?");
  return BATON_OP_THROW;
}
