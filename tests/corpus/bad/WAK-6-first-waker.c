/* SPDX-License-Identifier: MIT */
/* What waits keeps the clone of its first call's waker for every call. */
#define HAND_CALL_CHILD bad_call_child
#define HAND_FIELDS const baton_waker *first;
#define HAND_RUN bad_run
#define HAND_LET_GO bad_let_go
#include "../good/hand/hand.c"

static hand *bad_own; /* whose child is called next */

static int32_t bad_run(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  hand *above = bad_own;
  bad_own = hand_of(self)->body->resume == hand_relay ? hand_of(self) : NULL;
  int32_t status = hand_run(self, cx, op, in, out);
  bad_own = above;
  return status;
}

/* Shows the old one only to a child that waited before. */
static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  hand *own = bad_own;
  const baton_waker *waker = cx->waker;
  if (own && own->first) cx->waker = own->first;
  int32_t status = hand_call_child(child, cx, op, in, out);
  cx->waker = waker;
  if (own && !own->first && waker && status == BATON_PENDING)
    waker->methods->clone(waker, &own->first);
  return status;
}

static void bad_let_go(hand *own) {
  if (own->first) own->first->methods->drop(own->first);
  own->first = NULL;
  hand_let_go(own);
}
