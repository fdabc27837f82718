/* SPDX-License-Identifier: MIT */
/* What has ended says that it is suspended. */
#define HAND_STATE bad_state
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_state(const baton_value *self, uint32_t *out) {
  hand_state(self, out);
  if (*out == BATON_CLOSED) *out = BATON_SUSPENDED;
  return BATON_OK;
}
