/* SPDX-License-Identifier: MIT */
/* A throw before the start runs the body first, and then throws. */
#define HAND_DRIVE_THROW bad_drive_throw
#include "../good/hand/hand.c"

static int32_t bad_drive_throw(const baton_value *self, baton_context *cx,
                               baton_value *error, baton_value *out) {
  baton_value none = baton_none();
  if (atomic_load(&hand_of(self)->state) == BATON_CREATED &&
      hand_of(self)->body->kind != BATON_KIND_ASYNC_GENERATOR) {
    int32_t status = HAND_DRIVE_SEND(self, cx, &none, out);
    if (!hand_is_suspension(status)) return status;
    baton_drop(out);
  }
  return hand_drive_throw(self, cx, error, out);
}
