/* SPDX-License-Identifier: MIT */
/* A failure of am_await ends the coroutine; its body cannot catch it. */
#define HAND_ATTACH bad_attach
#define HAND_RESCUE bad_rescue
#include "../good/hand/hand.c"

static int bad_failed;

static int32_t bad_attach(hand_child *child, baton_context *cx,
                          baton_value *value, baton_value *out) {
  int32_t status = hand_attach(child, cx, value, out);
  bad_failed = status == BATON_ERROR && out->head.type != &hand_error_type;
  return status;
}

static int32_t bad_rescue(hand *self, baton_context *cx, uint32_t op,
                          baton_value *in, baton_value *out) {
  int failed = bad_failed;
  bad_failed = 0;
  if (op == BATON_OP_THROW && failed) return hand_raise_in(in, out);
  return hand_rescue(self, cx, op, in, out);
}
