/* SPDX-License-Identifier: MIT */
/* A body that drives two children closes one of them when it is released. */
#define BOTH_DRIVE bad_drive
#include "both.h"

static int32_t bad_drive(hand *self, size_t index, baton_context *cx,
                         uint32_t op, baton_value *in, baton_value *out) {
  if (op == HAND_OP_CLOSE && index == 1 && !cx->waker) return BATON_PENDING;
  return both_drive(self, index, cx, op, in, out);
}
