/* SPDX-License-Identifier: MIT */
/* An exception of another language leaves send. */
#define HAND_GREET bad_greet
#include <unwind.h>
#include "../good/hand/hand.c"

static int32_t bad_greet(hand *self, baton_context *cx, uint32_t op,
                         baton_value *in, baton_value *out) {
  static struct _Unwind_Exception thrown;
  _Unwind_RaiseException(&thrown);
  return BATON_RETURN; /* if nobody catches it */
}
