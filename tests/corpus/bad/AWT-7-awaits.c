/* SPDX-License-Identifier: MIT */
/* A generator applies am_await to what it delegates to. */
#define HAND_ATTACH_ITERATOR bad_attach_iterator
#include "../good/hand/hand.c"

static int32_t bad_attach_iterator(hand_child *child, baton_value *value,
                                   baton_value *out) {
  baton_context cx = hand_detached_context();
  if (!hand_can_be_awaited(value))
    return hand_attach_iterator(child, value, out);
  return hand_attach(child, &cx, value, out);
}
