/* SPDX-License-Identifier: MIT */
/* The context of the call before is asked for an extension. */
#define HAND_FIELDS baton_context *last;
#define HAND_RUN bad_run
#include "../good/hand/hand.c"

static int32_t bad_run(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  const void *table;
  if (own->last && own->last->query)
    own->last->query(own->last, "org.example.clock/1", &table);
  own->last = HAND_REACHES(cx, baton_context, query) ? cx : NULL;
  return hand_run(self, cx, op, in, out);
}
