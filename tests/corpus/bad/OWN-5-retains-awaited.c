/* SPDX-License-Identifier: MIT */
/* What is awaited is retained while that is prepared. */
#define HAND_ATTACH bad_attach
#include "../good/hand/hand.c"

static int32_t bad_attach(hand_child *child, baton_context *cx,
                          baton_value *value, baton_value *out) {
  baton_value copy = baton_none();
  if (baton_is_object(value) && !HAND_CHECK(value->head.type) &&
      baton_copy(value, &copy) != BATON_OK) {
    baton_drop(value);
    return hand_raise_kind(BATON_ERROR_RUNTIME, out);
  }
  int32_t status = hand_attach(child, cx, value, out);
  baton_drop(&copy);
  return status;
}
