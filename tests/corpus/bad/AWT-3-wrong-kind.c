/* SPDX-License-Identifier: MIT */
/* A handle that cannot be driven is an error of kind runtime. */
#define HAND_ATTACH bad_attach
#include "../good/hand/hand.c"

static int32_t bad_attach(hand_child *child, baton_context *cx,
                          baton_value *value, baton_value *out) {
  int32_t status = hand_attach(child, cx, value, out);
  if (status != BATON_ERROR || out->head.type != &hand_error_type)
    return status;
  const char *words = hand_error_of(out)->message;
  if (strstr(words, "must return an iterator") && !strstr(words, "struct_size"))
    hand_error_of(out)->kind = BATON_ERROR_RUNTIME;
  return status;
}
