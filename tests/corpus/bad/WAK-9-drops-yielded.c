/* SPDX-License-Identifier: MIT */
/* An object that what is awaited yields is passed on as none. */
#define HAND_RUN bad_run
#include "../good/hand/hand.c"

static int32_t bad_run(const baton_value *self, baton_context *cx, uint32_t op,
                       baton_value *in, baton_value *out) {
  int32_t status = hand_run(self, cx, op, in, out);
  int passes =
      status == BATON_YIELD && baton_is_object(&hand_of(self)->child.handle);
  if (passes && baton_is_object(out) &&
      !(out->head.type->flags & BATON_TYPE_AFFINE))
    baton_drop(out);
  return status;
}
