/* SPDX-License-Identifier: MIT */
/* An iteration asks for another item while it waits for one. */
#define HAND_FIELDS int waited;
#define HAND_DRIVE_SEND bad_drive_send
#include "../good/hand/hand.c"

static int32_t bad_drive_send(const baton_value *self, baton_context *cx,
                              baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  baton_value ahead = baton_none();
  if (own->body->resume == hand_last && own->label == 1 && !own->waited++ &&
      atomic_load(&own->state) == BATON_SUSPENDED &&
      own->x.head.type != &hand_generator_type &&
      own->x.head.type->as_async->am_anext(&own->x, cx, &ahead) == BATON_OWNED)
    baton_drop(&ahead);
  return hand_drive_send(self, cx, in, out);
}
