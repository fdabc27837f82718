/* SPDX-License-Identifier: MIT */
/* What is suspended says that it has not started. */
#define HAND_STATE bad_state
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_state(const baton_value *self, uint32_t *out) {
  hand_state(self, out);
  if (*out == BATON_SUSPENDED) *out = BATON_CREATED;
  return BATON_OK;
}
