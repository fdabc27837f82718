/* SPDX-License-Identifier: MIT */
/* `async for` over what is no async iterable runs no turn. */
#define HAND_LAST bad_last
#include "../good/hand/hand.c"

static int32_t bad_last(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  const baton_async_methods *methods = hand_async_of(&self->x);
  if (self->label == 0 && (!methods || !methods->am_aiter)) return BATON_RETURN;
  return hand_last(self, cx, op, in, out);
}
