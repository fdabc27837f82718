/* SPDX-License-Identifier: MIT */
/* An object of the host comes home as another object of the host. */
#define HAND_GIVE bad_give
#include "host.h"

static int32_t bad_give(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (self->v.head.type != &host_type) return hand_give(self, cx, op, in, out);
  return host_new(out) == BATON_OK
             ? BATON_RETURN
             : hand_raise_kind(BATON_ERROR_NO_MEMORY, out);
}
