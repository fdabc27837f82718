/* SPDX-License-Identifier: MIT */
/* What is driven while a call of another is under way on the thread answers as
 * that does. */
#define HAND_CALL_CHILD bad_call_child
#define HAND_ECHO bad_echo
#include "../good/hand/hand.c"

static _Thread_local int abroad;

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  int before = abroad;
  abroad = child->handle.head.type->provider != &HAND_PROVIDER;
  int32_t status = hand_call_child(child, cx, op, in, out);
  abroad = before;
  return status;
}

static int32_t bad_echo(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  int32_t status = hand_echo(self, cx, op, in, out);
  if (abroad && status != BATON_ERROR) baton_drop(out);
  return status;
}
