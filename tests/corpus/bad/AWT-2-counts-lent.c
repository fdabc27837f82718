/* SPDX-License-Identifier: MIT */
/* A handle that is LENT is counted until it is driven. */
#define HAND_FIELDS unsigned counted;
#define HAND_AM_AWAIT bad_am_await
#define HAND_ENTER bad_enter
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_am_await(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  if (self->head.type == &hand_type) {
    hand_of(self)->counted++;
    hand_retain(self);
  }
  return hand_am_await(self, cx, out);
}

static uint32_t bad_enter(hand *own) {
  atomic_fetch_sub(&own->references, own->counted);
  own->counted = 0;
  return hand_enter(own);
}
