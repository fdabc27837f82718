/* SPDX-License-Identifier: MIT */
/* A refusal comes with an error in `out`. */
#define HAND_SEND bad_send
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  int32_t status = hand_send(self, cx, in, out);
  if (baton_is_refusal(status)) *out = baton_from_kind(BATON_ERROR_RUNTIME);
  return status;
}
