/* SPDX-License-Identifier: MIT */
/* A close gives what the awaited coroutine returned from its close. */
#define HAND_FIELDS baton_value given;
#define HAND_CALL_CHILD bad_call_child
#define HAND_DRIVE_CLOSE bad_drive_close
#include "../good/hand/hand.c"

static baton_value bad_given;

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  int32_t status = hand_call_child(child, cx, op, in, out);
  if (op == HAND_OP_CLOSE && status == BATON_RETURN) {
    baton_drop(&bad_given);
    bad_given = baton_take(out);
  }
  return status;
}

static int32_t bad_drive_close(const baton_value *self, baton_context *cx,
                               baton_value *out) {
  int32_t status = hand_drive_close(self, cx, out);
  if (status == BATON_RETURN && baton_is_none(out))
    *out = baton_take(&bad_given);
  baton_drop(&bad_given);
  return status;
}
