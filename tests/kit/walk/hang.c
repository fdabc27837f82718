/* SPDX-License-Identifier: MIT */
/* A throw into a coroutine that is suspended never comes back. */
#define HAND_THROW bad_throw
#include "../../corpus/good/hand/hand.c"

static int32_t BATON_CALL bad_throw(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  volatile int forever = atomic_load(&hand_of(self)->state) == BATON_SUSPENDED;
  while (forever) continue;
  return hand_throw(self, cx, error, out);
}
