/* SPDX-License-Identifier: MIT */
/* A traverse visits the first argument twice. */
#define HAND_TRAVERSE bad_traverse
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_traverse(const baton_value *self,
                                       baton_visit visit, void *arg) {
  hand *own = hand_of(self);
  if (baton_is_object(&own->x)) visit(&own->x, arg);
  if (baton_is_object(&own->v)) visit(&own->v, arg);
  return hand_traverse(self, visit, arg);
}
