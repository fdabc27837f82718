/* SPDX-License-Identifier: MIT */
/* A traverse does not visit the first argument. */
#define HAND_TRAVERSE bad_traverse
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_traverse(const baton_value *self,
                                       baton_visit visit, void *arg) {
  hand *own = hand_of(self);
  baton_value x = baton_take(&own->x), v = baton_take(&own->v);
  int32_t status = hand_traverse(self, visit, arg);
  own->x = x;
  own->v = v;
  return status;
}
