/* SPDX-License-Identifier: MIT */
/* The message of an error is refused to a second thread. */
#include <sched.h>

#define HAND_ERROR_MESSAGE bad_error_message
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_error_message(const baton_value *self,
                                            baton_text_view *out) {
  static atomic_int inside;
  int32_t status = BATON_BUSY;
  if (atomic_fetch_add(&inside, 1) == 0) status = hand_error_message(self, out);
  sched_yield();
  atomic_fetch_sub(&inside, 1);
  return status;
}
