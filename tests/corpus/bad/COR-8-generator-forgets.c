/* SPDX-License-Identifier: MIT */
/* A close of a generator does not close what it delegates to. */
#define HAND_CLOSE bad_close
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_close(const baton_value *self, baton_context *cx,
                                    baton_value *out) {
  hand *own = hand_of(self);
  if (own->body->kind == BATON_KIND_GENERATOR &&
      atomic_load(&own->state) == BATON_SUSPENDED)
    HAND_DETACH(&own->child);
  return hand_close(self, cx, out);
}
