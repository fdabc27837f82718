/* SPDX-License-Identifier: MIT */
/* A traverse of what has been started does not visit what it has not yet
 * awaited. */
#define HAND_TRAVERSE bad_traverse
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_traverse(const baton_value *self,
                                       baton_visit visit, void *arg) {
  hand *own = hand_of(self);
  if (atomic_load(&own->state) != BATON_SUSPENDED)
    return hand_traverse(self, visit, arg);
  baton_value y = baton_take(&own->y);
  int32_t status = hand_traverse(self, visit, arg);
  own->y = y;
  return status;
}
