/* SPDX-License-Identifier: MIT */
/* delegated_to runs the body on to its next stop. */
#define HAND_DELEGATED_TO bad_delegated_to
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_delegated_to(const baton_value *self,
                                           baton_value *out) {
  baton_context cx = hand_detached_context();
  baton_value none = baton_none(), dropped = baton_none();
  int32_t status = hand_delegated_to(self, out);
  if (baton_is_object(out)) HAND_DRIVE_SEND(self, &cx, &none, &dropped);
  baton_drop(&dropped);
  return status;
}
