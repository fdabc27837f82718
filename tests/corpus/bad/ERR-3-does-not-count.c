/* SPDX-License-Identifier: MIT */
/* An error does not tell how many frames it has dropped, if they are few. */
#define HAND_ERROR_FRAMES bad_error_frames
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_error_frames(const baton_value *self,
                                           baton_frame *out, uint32_t capacity,
                                           uint32_t *kept, uint64_t *elided) {
  int32_t status = hand_error_frames(self, out, capacity, kept, elided);
  if (*elided < 1000) *elided = 0;
  return status;
}
