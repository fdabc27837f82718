/* SPDX-License-Identifier: MIT */
/* Two exports have the same name. */
#include "exports.h"

static const baton_export *more(size_t index) {
  static const hand_export made =
      HAND_BODY("kit.give", "returns v", COROUTINE, "v", HAND_GIVE);
  return index ? NULL : &made.base;
}
