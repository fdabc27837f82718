/* SPDX-License-Identifier: MIT */
/* The first send is refused. */
#define HAND_DRIVE_SEND bad_drive_send
#include "exports.h"

/* bad.never(): return none */
static int32_t never(hand *self, baton_context *cx, uint32_t op,
                     baton_value *in, baton_value *out) {
  return hand_nil(self, cx, op, in, out);
}

/* Older drivers and dirty values are matters of their own. */
static int32_t bad_drive_send(const baton_value *self, baton_context *cx,
                              baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  if (own->body->resume == never && baton_is_none(in) && !in->payload.u64 &&
      cx->abi_minor == BATON_ABI_MINOR &&
      atomic_load(&own->state) == BATON_CREATED)
    return BATON_UNSUPPORTED;
  return hand_drive_send(self, cx, in, out);
}

static const baton_export *more(size_t index) {
  static const hand_export made =
      HAND_BODY("bad.never", "returns none", COROUTINE, "", never);
  return index ? NULL : &made.base;
}
