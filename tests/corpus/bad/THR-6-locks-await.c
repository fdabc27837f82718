/* SPDX-License-Identifier: MIT */
/* A lock of the library's is held while am_await is asked. */
#define HAND_ATTACH bad_attach
#define HAND_CREATE bad_create
#include "../good/hand/hand.c"

static pthread_mutex_t bad_lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local int bad_mine;

static int32_t bad_attach(hand_child *child, baton_context *cx,
                          baton_value *value, baton_value *out) {
  pthread_mutex_lock(&bad_lock);
  bad_mine = 1;
  int32_t status = hand_attach(child, cx, value, out);
  bad_mine = 0;
  pthread_mutex_unlock(&bad_lock);
  return status;
}

static int32_t BATON_CALL bad_create(const baton_export *self,
                                     baton_context *cx, baton_value *arguments,
                                     uint64_t count, baton_value *out) {
  if (!bad_mine) pthread_mutex_lock(&bad_lock);
  int32_t status = hand_create(self, cx, arguments, count, out);
  if (!bad_mine) pthread_mutex_unlock(&bad_lock);
  return status;
}
