/* SPDX-License-Identifier: MIT */
/* A coroutine that runs refuses send and throw as if it had ended. */
#define HAND_SEND bad_send
#define HAND_THROW bad_throw
#include "../good/hand/hand.c"

static int32_t invalid(int32_t status) {
  return status == BATON_BUSY ? BATON_INVALID_STATE : status;
}

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  return invalid(hand_send(self, cx, in, out));
}

static int32_t BATON_CALL bad_throw(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  return invalid(hand_throw(self, cx, error, out));
}
