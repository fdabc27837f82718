/* SPDX-License-Identifier: MIT */
/* A child that is closed may suspend although the driver accepts nothing. */
#define HAND_DRIVE_CLOSE bad_drive_close
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

/* A driver's close is on its way to the child. */
static _Thread_local int closes;

static int32_t bad_drive_close(const baton_value *self, baton_context *cx,
                               baton_value *out) {
  closes = cx->waker != NULL;
  int32_t status = hand_drive_close(self, cx, out);
  closes = 0;
  return status;
}

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  uint32_t accepts = cx->accepts;
  if (closes && op == HAND_OP_CLOSE) cx->accepts |= BATON_ACCEPT_YIELD;
  closes = 0;
  int32_t status = hand_call_child(child, cx, op, in, out);
  cx->accepts = accepts;
  return status;
}
