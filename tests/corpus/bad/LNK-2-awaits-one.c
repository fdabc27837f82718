/* SPDX-License-Identifier: MIT */
/* A body that waits for two things awaits the first, whoever is woken. */
#define BOTH_RESUME bad_both
#include "both.h"

static int32_t bad_both(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW) {
    both_end(self, cx);
    return hand_raise_in(in, out);
  }
  switch (self->label++) {
    case 0:
      if (both_begin(self, cx, out) != BATON_OK) return BATON_ERROR;
      if (BOTH_DRIVE(self, 1, cx, BATON_OP_SEND, in, out) == BATON_RETURN)
        self->v = baton_take(in);
      self->handles[0] = baton_none();
      baton_copy(&self->x, out);
      return BATON_AWAIT;
    case 1:
      baton_drop(in);
      if (baton_is_none(&self->y)) break;
      self->handles[1] = baton_none();
      baton_copy(&self->y, out);
      return BATON_AWAIT;
    default:
      self->v = baton_take(in);
  }
  *out = baton_take(&self->v);
  return BATON_RETURN;
}
