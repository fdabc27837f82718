/* SPDX-License-Identifier: MIT */
/* A cancel after the end is refused by a number that is not given yet. */
#define HAND_THROW bad_throw
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_throw(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  int cancels = error->head.tag == BATON_TAG_ERROR_KIND &&
                baton_error_kind(error) == BATON_ERROR_CANCELLED;
  int32_t status = hand_throw(self, cx, error, out);
  int greets = hand_of(self)->body->resume == hand_greet;
  return status == BATON_INVALID_STATE && cancels && greets ? -23 : status;
}
