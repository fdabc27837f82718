/* SPDX-License-Identifier: MIT */
/* A yielded value that passes is retained, and lost if that is refused. */
#define HAND_RUN bad_run
#include "../good/hand/hand.c"

static int32_t bad_run(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  int32_t status = hand_run(self, cx, op, in, out);
  baton_value copy = baton_none();
  if (status != BATON_YIELD) return status;
  baton_copy(out, &copy);
  baton_drop(out);
  *out = copy;
  return status;
}
