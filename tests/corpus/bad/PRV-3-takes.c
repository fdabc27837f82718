/* SPDX-License-Identifier: MIT */
/* A create that refuses has dropped its arguments. */
#define HAND_CREATE bad_create
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_create(const baton_export *self,
                                     baton_context *cx, baton_value *arguments,
                                     uint64_t count, baton_value *out) {
  int32_t status = hand_create(self, cx, arguments, count, out);
  for (uint64_t i = 0; status != BATON_OK && i < count; i++)
    baton_drop(&arguments[i]);
  return status;
}
