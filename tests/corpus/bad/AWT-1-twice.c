/* SPDX-License-Identifier: MIT */
/* am_await is applied twice, and the first handle is not used. */
#define HAND_ATTACH bad_attach
#include "../good/hand/hand.c"

static int32_t bad_attach(hand_child *child, baton_context *cx,
                          baton_value *value, baton_value *out) {
  int32_t status = hand_attach(child, cx, value, out);
  baton_value again = baton_none();
  if (baton_is_object(&child->owner) &&
      child->owner.head.type->as_async->am_await(&child->owner, cx, &again) ==
          BATON_OWNED)
    baton_drop(&again);
  return status;
}
