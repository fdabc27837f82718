/* SPDX-License-Identifier: MIT */
/* A send that finds the coroutine running goes to its child, on another thread.
 * */
#define HAND_SEND bad_send
#include "../good/hand/hand.c"

static void *bad_thread(void *child) {
  baton_context cx = hand_detached_context();
  baton_value in = baton_none(), out = baton_none();
  hand_call_child(child, &cx, BATON_OP_SEND, &in, &out);
  baton_drop(&out);
  return NULL;
}

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  hand_child *child = &hand_of(self)->child;
  int32_t status = hand_send(self, cx, in, out);
  pthread_t thread;
  if (status == BATON_BUSY && baton_is_object(&child->handle) &&
      pthread_create(&thread, NULL, bad_thread, child) == 0)
    pthread_join(thread, NULL);
  return status;
}
