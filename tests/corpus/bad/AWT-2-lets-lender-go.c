/* SPDX-License-Identifier: MIT */
/* An awaitable that lent its handle is released before that is driven. */
#define HAND_ATTACH bad_attach
#include "../good/hand/hand.c"

static int32_t bad_attach(hand_child *child, baton_context *cx,
                          baton_value *value, baton_value *out) {
  int32_t status = hand_attach(child, cx, value, out);
  baton_value kept;
  if (status != BATON_OK || baton_is_none(&child->owner) ||
      child->owner.payload.object == child->handle.payload.object ||
      baton_copy(&child->handle, &kept) != BATON_OK)
    return status;
  baton_drop(&child->owner);
  return status;
}
