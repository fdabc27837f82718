/* SPDX-License-Identifier: MIT */
/* An asend that meets the end of the generator returns none. */
#define HAND_ASEND bad_asend
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  int32_t status = hand_turn_send(self, cx, in, out);
  if (status != BATON_ERROR ||
      baton_error_kind(out) != BATON_ERROR_STOP_ASYNC_ITERATION)
    return status;
  baton_drop(out);
  return BATON_RETURN;
}

static int32_t BATON_CALL bad_asend(const baton_value *self, baton_context *cx,
                                    baton_value *in, baton_value *out) {
  static baton_coroutine_methods methods;
  static baton_type type;
  methods = hand_turn_as_coroutine;
  methods.send = bad_send;
  type = hand_turn_type;
  type.as_coroutine = &methods;
  int32_t status = hand_asend(self, cx, in, out);
  if (status == BATON_OWNED) out->head.type = &type;
  return status;
}
