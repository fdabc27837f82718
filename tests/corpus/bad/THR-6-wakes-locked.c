/* SPDX-License-Identifier: MIT */
/* A waker is cloned and woken under a lock that every start of a coroutine
 * takes. */
#define HAND_KEEP_WAKER bad_keep_waker
#define HAND_NAP_END bad_nap_end
#define HAND_CREATE bad_create
#include "../good/hand/hand.c"

static pthread_mutex_t bad_lock = PTHREAD_MUTEX_INITIALIZER;

static int32_t bad_keep_waker(hand_nap_state *nap, const baton_context *cx) {
  pthread_mutex_lock(&bad_lock);
  int32_t status = hand_keep_waker(nap, cx);
  pthread_mutex_unlock(&bad_lock);
  return status;
}

static void bad_nap_end(hand_nap_state *nap) {
  pthread_mutex_lock(&bad_lock);
  hand_nap_end(nap);
  pthread_mutex_unlock(&bad_lock);
}

static int32_t BATON_CALL bad_create(const baton_export *self,
                                     baton_context *cx, baton_value *arguments,
                                     uint64_t count, baton_value *out) {
  pthread_mutex_lock(&bad_lock);
  int32_t status = hand_create(self, cx, arguments, count, out);
  pthread_mutex_unlock(&bad_lock);
  return status;
}
