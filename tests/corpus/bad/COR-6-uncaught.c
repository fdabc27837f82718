/* SPDX-License-Identifier: MIT */
/* A body cannot catch what was thrown into it while it awaited. */
#define HAND_FIELDS const void *thrown; /* the error */
#define HAND_DRIVE_THROW bad_drive_throw
#define HAND_CALL_CHILD bad_call_child
#define HAND_RESCUE bad_rescue
#include "../good/hand/hand.c"

static _Thread_local int32_t answer; /* of the child that was called last */

static int32_t bad_drive_throw(const baton_value *self, baton_context *cx,
                               baton_value *error, baton_value *out) {
  if (baton_is_object(error)) hand_of(self)->thrown = error->payload.object;
  return hand_drive_throw(self, cx, error, out);
}

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  return answer = hand_call_child(child, cx, op, in, out);
}

static int32_t bad_rescue(hand *self, baton_context *cx, uint32_t op,
                          baton_value *in, baton_value *out) {
  if (op == BATON_OP_THROW && baton_is_object(in) && answer == BATON_ERROR &&
      self->thrown == in->payload.object)
    return hand_raise_in(in, out);
  return hand_rescue(self, cx, op, in, out);
}
