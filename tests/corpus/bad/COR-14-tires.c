/* SPDX-License-Identifier: MIT */
/* The fifteenth resume of a coroutine yields none and does not reach the body.
 */
#define HAND_FIELDS int resumes;
#define HAND_DRIVE_SEND bad_drive_send
#include "../good/hand/hand.c"

static int32_t bad_drive_send(const baton_value *self, baton_context *cx,
                              baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  if (!hand_is_coroutine(own) || ++own->resumes != 15 ||
      atomic_load(&own->state) != BATON_SUSPENDED ||
      !(cx->accepts & BATON_ACCEPT_YIELD))
    return hand_drive_send(self, cx, in, out);
  baton_drop(in);
  return BATON_YIELD;
}
