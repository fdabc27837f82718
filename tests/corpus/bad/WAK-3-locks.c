/* SPDX-License-Identifier: MIT */
/* A wake on another thread waits until the body does not run. */
#define HAND_CALL_CHILD bad_call_child
#define HAND_BELL_WAKE_BY_REF bad_bell_wake_by_ref
#include "../good/hand/hand.c"

static pthread_mutex_t bad_lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local int bad_mine;

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  int drives = cx->waker &&
               cx->waker->methods->wake_by_ref == bad_bell_wake_by_ref &&
               bad_mine++ == 0;
  if (drives) pthread_mutex_lock(&bad_lock);
  int32_t status = hand_call_child(child, cx, op, in, out);
  if (drives) {
    bad_mine = 0;
    pthread_mutex_unlock(&bad_lock);
  }
  return status;
}

static int32_t BATON_CALL bad_bell_wake_by_ref(const baton_waker *self) {
  if (!bad_mine) {
    pthread_mutex_lock(&bad_lock);
    pthread_mutex_unlock(&bad_lock);
  }
  return hand_bell_wake_by_ref(self);
}
