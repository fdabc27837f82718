/* SPDX-License-Identifier: MIT */
/* `async for` does not keep the item that was the last. */
#define HAND_LAST bad_last
#include "../good/hand/hand.c"

static int32_t bad_last(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  int32_t status = hand_last(self, cx, op, in, out);
  if (status == BATON_RETURN) baton_drop(out);
  return status;
}
