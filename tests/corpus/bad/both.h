/* SPDX-License-Identifier: MIT */
#ifndef BAD_BOTH_H
#define BAD_BOTH_H

#define HAND_FIELDS baton_value handles[2]; /* lent by x and y; none: ended */
#ifndef BOTH_DRIVE
#define BOTH_DRIVE both_drive
#endif

#include "exports.h"

/** @file
 * kit.both(x, y): drives both at the same time, with the waker of the caller.
 * `x` and `y` hold what the handles belong to.
 */

HAND_LOCAL int32_t BOTH_DRIVE(hand *self, size_t index, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out);

/* @return BATON_OK, or BATON_ERROR with the error in `*out`. */
static int32_t both_begin(hand *self, baton_context *cx, baton_value *out) {
  baton_value *held[] = {&self->x, &self->y};
  for (size_t i = 0; i < 2; i++) {
    hand_child child = {baton_none(), baton_none()};
    int32_t status = HAND_ATTACH(&child, cx, held[i], out);
    if (status != BATON_OK) return status;
    self->handles[i] = child.handle;
    *held[i] = baton_is_none(&child.owner) ? child.handle : child.owner;
  }
  return BATON_OK;
}

/* Calls one child. @return PENDING, RETURN, ERROR; after an end it is let go
 * of, and its result is in `*in`. */
HAND_LOCAL int32_t both_drive(hand *self, size_t index, baton_context *cx,
                              uint32_t op, baton_value *in, baton_value *out) {
  hand_child child = {baton_from_i64(0), self->handles[index]};
  int32_t status = HAND_CALL_CHILD(&child, cx, op, in, out);
  while (status == BATON_YIELD) { /* nobody above could answer it */
    baton_drop(in);
    *in =
        hand_error_say(BATON_ERROR_RUNTIME, "bad yield: %s", hand_name_of(out));
    baton_drop(out);
    op = BATON_OP_THROW;
    status = HAND_CALL_CHILD(&child, cx, op, in, out);
  }
  if (status == BATON_PENDING) return status;
  status = HAND_SETTLE(&child, op, status, in, out);
  self->handles[index] = baton_none();
  baton_drop(index ? &self->y : &self->x);
  return status;
}

/* Ends what is left; what that gives is dropped. */
static void both_end(hand *self, baton_context *cx) {
  baton_value in = baton_none(), out = baton_none();
  uint32_t accepts = cx->accepts;
  cx->accepts = 0;
  for (size_t i = 0; i < 2; i++) {
    if (baton_is_none(&self->handles[i])) continue;
    BOTH_DRIVE(self, i, cx, HAND_OP_CLOSE, &in, &out);
    baton_drop(&in);
  }
  cx->accepts = accepts;
}

HAND_LOCAL int32_t both(hand *self, baton_context *cx, uint32_t op,
                        baton_value *in, baton_value *out) {
  int32_t status = BATON_OK;
  if (op == BATON_OP_SEND && self->label++ == 0)
    status = both_begin(self, cx, out);
  if (op == BATON_OP_THROW) {
    both_end(self, cx);
    return hand_raise_in(in, out);
  }
  for (size_t i = 0; i < 2 && status != BATON_ERROR; i++) {
    if (baton_is_none(&self->handles[i])) continue;
    baton_drop(in);
    status = BOTH_DRIVE(self, i, cx, BATON_OP_SEND, in, out);
    if (status == BATON_RETURN && i == 1) self->v = baton_take(in);
    if (status == BATON_ERROR) *out = baton_take(in);
  }
  if (status == BATON_ERROR) {
    both_end(self, cx);
    return status;
  }
  if (!baton_is_none(&self->handles[0]) || !baton_is_none(&self->handles[1]))
    return BATON_PENDING;
  *out = baton_take(&self->v);
  return BATON_RETURN;
}

#ifndef BOTH_RESUME
#define BOTH_RESUME both
#endif

static int32_t BOTH_RESUME(hand *self, baton_context *cx, uint32_t op,
                           baton_value *in, baton_value *out);

static const baton_export *more(size_t index) {
  static const hand_export made =
      HAND_BODY("kit.both", "drives x and y", COROUTINE, "xy", BOTH_RESUME);
  return index ? NULL : &made.base;
}

#endif
