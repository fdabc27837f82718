/* SPDX-License-Identifier: MIT */
/* A close of a coroutine that is suspended ends the process. */
#define HAND_CLOSE bad_close
#include <stdlib.h>

#include "../../corpus/good/hand/hand.c"

static int32_t BATON_CALL bad_close(const baton_value *self, baton_context *cx,
                                    baton_value *out) {
  if (atomic_load(&hand_of(self)->state) == BATON_SUSPENDED) abort();
  return hand_close(self, cx, out);
}
