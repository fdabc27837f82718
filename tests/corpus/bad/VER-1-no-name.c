/* SPDX-License-Identifier: MIT */
/* A descriptor that cannot be used is reported without its name. */
#define HAND_ATTACH bad_attach
#include "../good/hand/hand.c"

static int32_t bad_attach(hand_child *child, baton_context *cx,
                          baton_value *value, baton_value *out) {
  const char *fault =
      baton_is_object(value) ? HAND_CHECK(value->head.type) : NULL;
  if (!fault) return hand_attach(child, cx, value, out);
  hand_drop(value);
  *out = hand_error_say(BATON_ERROR_TYPE, "it cannot be awaited: %s", fault);
  return BATON_ERROR;
}
