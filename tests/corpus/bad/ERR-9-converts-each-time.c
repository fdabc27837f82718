/* SPDX-License-Identifier: MIT */
/* A foreign error becomes another exception of the host's each time it is
 * caught. */
#define HAND_ALIKE bad_alike
#include "../good/hand/hand.c"

static int32_t bad_alike(hand *self, baton_context *cx, uint32_t op,
                         baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW && in->head.type != &hand_error_type)
    *in = hand_error_from(in, "exception of the host");
  return hand_alike(self, cx, op, in, out);
}
