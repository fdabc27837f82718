/* SPDX-License-Identifier: MIT */
/* delegated_to gives none while something is awaited. */
#define HAND_DELEGATED_TO bad_delegated_to
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_delegated_to(const baton_value *self,
                                           baton_value *out) {
  *out = baton_none();
  return BATON_OK;
}
