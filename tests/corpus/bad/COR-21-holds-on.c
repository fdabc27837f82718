/* SPDX-License-Identifier: MIT */
/* What is awaited is held until the coroutine that awaited it has gone. */
#define HAND_FIELDS hand_child kept;
#define HAND_GO_ON bad_go_on
#define HAND_LET_GO bad_let_go
#include "../good/hand/hand.c"

static uint32_t bad_go_on(hand *own, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  if (baton_is_none(&own->kept.handle)) {
    const baton_value *held = baton_is_none(&own->child.owner)
                                  ? &own->child.handle
                                  : &own->child.owner;
    baton_copy(held, &own->kept.handle);
  }
  return hand_go_on(own, op, status, in, out);
}

static void bad_let_go(hand *own) {
  hand_detach(&own->kept);
  hand_let_go(own);
}
