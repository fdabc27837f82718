/* SPDX-License-Identifier: MIT */
/* A generator that has ended refuses send. */
#define HAND_DRIVE_SEND bad_drive_send
#include "../good/hand/hand.c"

static int32_t bad_drive_send(const baton_value *self, baton_context *cx,
                              baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  if (own->body->kind == BATON_KIND_GENERATOR &&
      atomic_load(&own->state) == BATON_CLOSED)
    return BATON_INVALID_STATE;
  return hand_drive_send(self, cx, in, out);
}
