/* SPDX-License-Identifier: MIT */
/* am_await can be applied once only. */
#define HAND_FIELDS int awaited;
#define HAND_AM_AWAIT bad_am_await
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_am_await(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  int again = self->head.type == &hand_type && hand_of(self)->awaited++;
  return again ? BATON_INVALID_STATE : hand_am_await(self, cx, out);
}
