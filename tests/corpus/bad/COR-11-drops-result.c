/* SPDX-License-Identifier: MIT */
/* A close gives none whatever the body returned. */
#define HAND_CLOSE bad_close
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_close(const baton_value *self, baton_context *cx,
                                    baton_value *out) {
  int32_t status = hand_close(self, cx, out);
  if (status == BATON_RETURN) baton_drop(out);
  return status;
}
