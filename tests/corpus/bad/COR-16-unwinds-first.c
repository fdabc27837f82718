/* SPDX-License-Identifier: MIT */
/* A throw unwinds the body, cleanup and all, before the child hears of it. */
#define HAND_DRIVE_THROW bad_drive_throw
#include "../good/hand/hand.c"

static int32_t bad_drive_throw(const baton_value *self, baton_context *cx,
                               baton_value *error, baton_value *out) {
  hand *own = hand_of(self);
  hand_child child = own->child;
  baton_value in = baton_none(), dropped = baton_none();
  int guards = own->body->resume == hand_guard && own->label == 1;
  if (atomic_load(&own->state) != BATON_SUSPENDED || !guards ||
      baton_error_kind(error) == BATON_ERROR_GENERATOR_EXIT)
    return hand_drive_throw(self, cx, error, out);
  own->child.owner = own->child.handle = baton_none();
  baton_copy(error, &in);
  int32_t status = hand_drive_throw(self, cx, error, out);
  HAND_CALL_CHILD(&child, cx, BATON_OP_THROW, &in, &dropped);
  baton_drop(&in);
  baton_drop(&dropped);
  HAND_DETACH(&child);
  return status;
}
