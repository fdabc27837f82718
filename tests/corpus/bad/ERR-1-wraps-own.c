/* SPDX-License-Identifier: MIT */
/* An exception of the host's that comes home is raised as a copy. */
#define HAND_RAISE bad_raise
#include "../good/hand/hand.c"

static int32_t bad_raise(hand *self, baton_context *cx, uint32_t op,
                         baton_value *in, baton_value *out) {
  int32_t status = hand_raise(self, cx, op, in, out);
  if (out->head.type != &hand_error_type) return status;
  const hand_error *own = hand_error_of(out);
  baton_value copy = hand_error_new(own->kind, own->message, own->size);
  baton_drop(out);
  *out = copy;
  return status;
}
