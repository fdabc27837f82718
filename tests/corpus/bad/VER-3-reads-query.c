/* SPDX-License-Identifier: MIT */
/* The `query` of a context is read however short the context is. */
#define HAND_RUN bad_run
#include "../good/hand/hand.c"

static int32_t bad_run(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  void *volatile driver = cx->driver;
  (void)driver;
  return hand_run(self, cx, op, in, out);
}
