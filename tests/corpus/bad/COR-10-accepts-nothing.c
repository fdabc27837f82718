/* SPDX-License-Identifier: MIT */
/* A close turns a suspension that is accepted into an error. */
#define HAND_MAY_SUSPEND bad_may_suspend
#include "../good/hand/hand.c"

static int bad_may_suspend(const hand *own, const baton_context *cx,
                           int32_t status) {
  return !(own->closing || own->exiting);
}
