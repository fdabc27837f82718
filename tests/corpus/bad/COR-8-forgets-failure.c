/* SPDX-License-Identifier: MIT */
/* A close that fails is forgotten: the link above gets generator-exit. */
#define HAND_GO_ON bad_go_on
#include "../good/hand/hand.c"

static uint32_t bad_go_on(hand *own, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  int failed = own->closing && status == BATON_ERROR && op == HAND_OP_CLOSE;
  if (failed && out->head.type != &hand_error_type) {
    baton_drop(out);
    status = BATON_RETURN;
  }
  return hand_go_on(own, op, status, in, out);
}
