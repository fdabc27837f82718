/* SPDX-License-Identifier: MIT */
/* A panic becomes an error of kind runtime. */
#include "exports.h"

static int32_t bad_panic(hand *self, baton_context *cx, uint32_t op,
                         baton_value *in, baton_value *out) {
  *out = hand_error_say(BATON_ERROR_RUNTIME, "it broke");
  return BATON_ERROR;
}

static const baton_export *more(size_t index) {
  static const hand_export made =
      HAND_BODY("kit.panic", "breaks", COROUTINE, "v", bad_panic);
  return index ? NULL : &made.base;
}
