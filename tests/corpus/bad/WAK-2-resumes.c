/* SPDX-License-Identifier: MIT */
/* A wake resumes what waits before it returns. */
#define HAND_CALL_CHILD bad_call_child
#define HAND_BELL_WAKE_BY_REF bad_bell_wake_by_ref
#include "../good/hand/hand.c"

static pthread_mutex_t bad_lock = PTHREAD_MUTEX_INITIALIZER;
static const hand_child *bad_driven;
static const hand_child *bad_child; /* what kit.run drives */
static _Thread_local int bad_mine;  /* drives it on this thread */
static int bad_done;
static int32_t bad_status;
static baton_value bad_out;

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  if (!cx->waker || cx->waker->methods->wake_by_ref != bad_bell_wake_by_ref)
    return hand_call_child(child, cx, op, in, out);
  pthread_mutex_lock(&bad_lock);
  bad_mine = 1;
  bad_driven = child;
  int32_t status =
      bad_done ? bad_status : hand_call_child(child, cx, op, in, out);
  if (bad_done) *out = baton_take(&bad_out);
  bad_done = 0;
  bad_mine = 0;
  bad_child = status == BATON_PENDING ? child : NULL;
  pthread_mutex_unlock(&bad_lock);
  return status;
}

static int32_t BATON_CALL bad_bell_wake_by_ref(const baton_waker *self) {
  baton_context cx = hand_detached_context();
  baton_value in = baton_none(), out = baton_none();
  cx.accepts = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;
  cx.waker = self;
  if (bad_mine) {
    if (bad_driven) hand_call_child(bad_driven, &cx, BATON_OP_SEND, &in, &out);
    baton_drop(&out);
  } else if (pthread_mutex_trylock(&bad_lock) == 0) {
    if (bad_child && !bad_done) {
      bad_status =
          hand_call_child(bad_child, &cx, BATON_OP_SEND, &in, &bad_out);
      bad_done = 1;
    }
    pthread_mutex_unlock(&bad_lock);
  }
  return hand_bell_wake_by_ref(self);
}
