/* SPDX-License-Identifier: MIT */
/* A close runs the cleanup of the body before it closes the child. */
#define HAND_DRIVE_CLOSE bad_drive_close
#include "../good/hand/hand.c"

static int32_t bad_drive_close(const baton_value *self, baton_context *cx,
                               baton_value *out) {
  hand *own = hand_of(self);
  hand_child child = own->child;
  baton_value in = baton_none(), dropped = baton_none();
  int guards = own->body->resume == hand_guard && own->label == 1 && cx->waker;
  if (atomic_load(&own->state) != BATON_SUSPENDED || !guards)
    return hand_drive_close(self, cx, out);
  own->child.owner = own->child.handle = baton_none();
  int32_t status = hand_drive_close(self, cx, out);
  HAND_CALL_CHILD(&child, cx, HAND_OP_CLOSE, &in, &dropped);
  baton_drop(&dropped);
  HAND_DETACH(&child);
  return status;
}
