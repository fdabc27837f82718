/* SPDX-License-Identifier: MIT */
/* A call that is refused as BUSY costs the run its result. */
#define HAND_FIELDS int refused;
#define HAND_DRIVE_SEND bad_drive_send
#define HAND_RELAY bad_relay
#include "../good/hand/hand.c"

static int32_t bad_drive_send(const baton_value *self, baton_context *cx,
                              baton_value *in, baton_value *out) {
  int32_t status = hand_drive_send(self, cx, in, out);
  if (status == BATON_BUSY) hand_of(self)->refused = 1;
  return status;
}

static int32_t bad_relay(hand *self, baton_context *cx, uint32_t op,
                         baton_value *in, baton_value *out) {
  if (self->refused && op == BATON_OP_SEND) baton_drop(in);
  return hand_relay(self, cx, op, in, out);
}
