/* SPDX-License-Identifier: MIT */
/* What yields is shown the waker of its first call with every call. */
#define HAND_FIELDS         \
  const baton_waker *first; \
  int yielded;
#define HAND_RUN bad_run
#define HAND_LET_GO bad_let_go
#include "../good/hand/hand.c"

static int32_t bad_run(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  const baton_waker *waker = cx->waker;
  if (own->body->resume != hand_relay || !waker)
    return hand_run(self, cx, op, in, out);
  if (!own->first) waker->methods->clone(waker, &own->first);
  if (own->yielded) cx->waker = own->first;
  int32_t status = hand_run(self, cx, op, in, out);
  cx->waker = waker;
  own->yielded = status == BATON_YIELD;
  return status;
}

static void bad_let_go(hand *own) {
  if (own->first) own->first->methods->drop(own->first);
  own->first = NULL;
  hand_let_go(own);
}
