/* SPDX-License-Identifier: MIT */
/* The context of an outermost driver says OK to every id. */
#define HAND_CALL_CHILD bad_call_child
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_query(const baton_context *cx, const char *id,
                                    const void **out) {
  *out = cx;
  return BATON_OK;
}

static int32_t bad_call_child(const hand_child *child, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  if (cx->waker && cx->waker->methods->clone == hand_bell_clone)
    cx->query = bad_query;
  return hand_call_child(child, cx, op, in, out);
}
