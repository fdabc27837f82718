/* SPDX-License-Identifier: MIT */
/* A call that is refused because the coroutine runs makes the run the last one.
 * */
#define HAND_FIELDS int disturbed;
#define HAND_ENTER bad_enter
#define HAND_SEND bad_send
#include "../good/hand/hand.c"

static uint32_t bad_enter(hand *own) {
  uint32_t state = hand_enter(own);
  if (state == BATON_RUNNING) own->disturbed = 1;
  return state;
}

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  int32_t status = hand_send(self, cx, in, out);
  if (!own->disturbed || atomic_load(&own->state) != BATON_SUSPENDED)
    return status;
  baton_drop(out);
  hand_end(own);
  return BATON_RETURN;
}
