/* SPDX-License-Identifier: MIT */
/* A throw before the start gives the error back, and the start is still to
 * come. */
#define HAND_DRIVE_THROW bad_drive_throw
#include "../good/hand/hand.c"

static int32_t bad_drive_throw(const baton_value *self, baton_context *cx,
                               baton_value *error, baton_value *out) {
  if (atomic_load(&hand_of(self)->state) != BATON_CREATED ||
      hand_of(self)->body->kind == BATON_KIND_ASYNC_GENERATOR)
    return hand_drive_throw(self, cx, error, out);
  *out = baton_take(error);
  return BATON_ERROR;
}
