/* SPDX-License-Identifier: MIT */
/* What a body will await second is asked for its handle when the body starts.
 * */
#define HAND_PAIR bad_pair
#include "../good/hand/hand.c"

static int32_t bad_pair(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  hand_child child = {baton_none(), baton_none()};
  if (self->label == 0 && HAND_ATTACH(&child, cx, &self->y, out) == BATON_OK)
    self->y = child.handle;
  return hand_pair(self, cx, op, in, out);
}
