/* SPDX-License-Identifier: MIT */
/* delegated_to gives what is awaited away; it is awaited no more. */
#define HAND_DELEGATED_TO bad_delegated_to
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_delegated_to(const baton_value *self,
                                           baton_value *out) {
  int32_t status = hand_delegated_to(self, out);
  HAND_DETACH(&hand_of(self)->child);
  return status;
}
