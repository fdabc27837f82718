/* SPDX-License-Identifier: MIT */
/* A bare no-memory that is raised below becomes another kind. */
#define HAND_GO_ON bad_go_on
#include "../good/hand/hand.c"

static uint32_t bad_go_on(hand *own, uint32_t op, int32_t status,
                          baton_value *in, baton_value *out) {
  if (status == BATON_ERROR && !baton_is_object(out) &&
      baton_error_kind(out) == BATON_ERROR_NO_MEMORY)
    *out = baton_from_kind(BATON_ERROR_RUNTIME);
  return hand_go_on(own, op, status, in, out);
}
