/* SPDX-License-Identifier: MIT */
/* A send to a coroutine that runs is an error, not a refusal. */
#define HAND_SEND bad_send
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  int32_t status = hand_send(self, cx, in, out);
  if (status != BATON_BUSY) return status;
  *out = hand_error_say(BATON_ERROR_VALUE, "coroutine already executing");
  return BATON_ERROR;
}
