/* SPDX-License-Identifier: MIT */
/* What am_anext gives returns none at the end. */
#define HAND_AM_ANEXT bad_am_anext
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  const hand *own = hand_of(&hand_turn_of(self)->generator);
  uint32_t before = atomic_load(&own->state);
  int32_t status = hand_turn_send(self, cx, in, out);
  int ends = status == BATON_ERROR && before != BATON_CLOSED &&
             baton_error_kind(out) == BATON_ERROR_STOP_ASYNC_ITERATION;
  if (!ends || own->body->resume != hand_items || own->count == 0)
    return status;
  baton_drop(out);
  return BATON_RETURN;
}

static int32_t BATON_CALL bad_am_anext(const baton_value *self,
                                       baton_context *cx, baton_value *out) {
  static baton_coroutine_methods methods;
  static baton_type type;
  methods = hand_turn_as_coroutine;
  methods.send = bad_send;
  type = hand_turn_type;
  type.as_coroutine = &methods;
  int32_t status = hand_am_anext(self, cx, out);
  if (status == BATON_OWNED) out->head.type = &type;
  return status;
}
