/* SPDX-License-Identifier: MIT */
/* A handle that was lent is closed after its lender was released. */
#define HAND_GO_ON bad_go_on
#include "../good/hand/hand.c"

static uint32_t bad_go_on(hand *own, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  hand_child child = own->child;
  baton_value dropped = baton_none(), none = baton_none();
  op = hand_go_on(own, op, status, in, out);
  if (child.handle.head.type->provider == &HAND_PROVIDER ||
      baton_is_none(&child.owner))
    return op;
  baton_context cx = hand_detached_context();
  hand_call_child(&child, &cx, HAND_OP_CLOSE, &none, &dropped);
  baton_drop(&dropped);
  return op;
}
