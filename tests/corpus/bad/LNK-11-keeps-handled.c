/* SPDX-License-Identifier: MIT */
/* What a child was told to be handled is told to it again when nothing is. */
#define HAND_FIELDS const baton_value *handled;
#define HAND_RUN bad_run
#include "../good/hand/hand.c"

static int32_t bad_run(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  const baton_value *handled = cx->handled;
  if (handled) own->handled = handled;
  cx->handled = own->handled;
  int32_t status = hand_run(self, cx, op, in, out);
  cx->handled = handled;
  return status;
}
