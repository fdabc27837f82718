/* SPDX-License-Identifier: MIT */
/* Frames that two threads add at a time are lost. */
#define HAND_ERROR_ADD_FRAME bad_error_add_frame
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_error_add_frame(const baton_value *self,
                                              const baton_frame *frame) {
  hand_error *error = hand_error_of(self);
  uint64_t added = error->added;
  for (int i = 0; i < 10; i++) sched_yield(); /* the race is lost for sure */
  int32_t status = hand_error_add_frame(self, frame);
  error->added = added + 1;
  return status;
}
