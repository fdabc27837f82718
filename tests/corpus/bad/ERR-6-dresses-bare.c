/* SPDX-License-Identifier: MIT */
/* A bare kind that passes becomes an object. */
#define HAND_GO_ON bad_go_on
#include "../good/hand/hand.c"

static uint32_t bad_go_on(hand *own, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  int sent = op == BATON_OP_SEND && !own->closing;
  op = hand_go_on(own, op, status, in, out);
  int bare =
      op == BATON_OP_THROW && sent && in->head.tag == BATON_TAG_ERROR_KIND;
  if (bare && own->body->resume == hand_relay)
    *in = hand_error_new(baton_error_kind(in), "", 0);
  return op;
}
