/* SPDX-License-Identifier: MIT */
/* A none with something in its payload is a value to send, not none. */
#define HAND_DRIVE_SEND bad_drive_send
#include "../good/hand/hand.c"

static int32_t bad_drive_send(const baton_value *self, baton_context *cx,
                              baton_value *in, baton_value *out) {
  if (atomic_load(&hand_of(self)->state) == BATON_CREATED &&
      baton_is_none(in) && in->payload.u64 != 0) {
    *out = baton_from_kind(BATON_ERROR_TYPE);
    return BATON_ERROR;
  }
  return hand_drive_send(self, cx, in, out);
}
