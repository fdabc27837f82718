/* SPDX-License-Identifier: MIT */
/* What cannot be awaited is an error of kind value. */
#define HAND_ATTACH bad_attach
#include "../good/hand/hand.c"

static int32_t bad_attach(hand_child *child, baton_context *cx,
                          baton_value *value, baton_value *out) {
  int awaitable = !baton_is_object(value) ? 0
                                          : HAND_CHECK(value->head.type) ||
                                                hand_can_be_awaited(value);
  int32_t status = hand_attach(child, cx, value, out);
  if (!awaitable) hand_error_of(out)->kind = BATON_ERROR_VALUE;
  return status;
}
