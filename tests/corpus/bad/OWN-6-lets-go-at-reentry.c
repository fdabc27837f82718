/* SPDX-License-Identifier: MIT */
/* A send that finds the coroutine running lets go of what that run drives. */
#define HAND_FIELDS int gone;
#define HAND_SEND bad_send
#define HAND_GO_ON bad_go_on
#define HAND_LET_GO bad_let_go
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  int32_t status = hand_send(self, cx, in, out);
  if (status == BATON_BUSY && !own->gone &&
      baton_is_object(&own->child.owner)) {
    baton_value held = own->child.owner;
    own->gone = 1;
    baton_drop(&held);
  }
  return status;
}

static void forget(hand *own) {
  if (own->gone) own->child.owner = own->child.handle = baton_none();
  own->gone = 0;
}

static uint32_t bad_go_on(hand *own, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  forget(own);
  return hand_go_on(own, op, status, in, out);
}

static void bad_let_go(hand *own) {
  forget(own);
  hand_let_go(own);
}
