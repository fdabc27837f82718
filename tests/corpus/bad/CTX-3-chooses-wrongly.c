/* SPDX-License-Identifier: MIT */
/* A coroutine that could suspend in both ways takes the one that is not
 * accepted. */
#include "exports.h"

/* bad.choose(): suspend once;  return none */
static int32_t choose(hand *self, baton_context *cx, uint32_t op,
                      baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW) return hand_raise_in(in, out);
  if (self->label++ > 0) return BATON_RETURN;
  if (cx->waker) cx->waker->methods->wake_by_ref(cx->waker);
  return cx->accepts == BATON_ACCEPT_YIELD ? BATON_PENDING : BATON_YIELD;
}

static const baton_export *more(size_t index) {
  static const hand_export made =
      HAND_BODY("bad.choose", "suspends", COROUTINE, "", choose);
  return index ? NULL : &made.base;
}
