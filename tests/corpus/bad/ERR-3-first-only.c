/* SPDX-License-Identifier: MIT */
/* An error keeps the first 32 frames and no others. */
#define HAND_ERROR_FRAMES bad_error_frames
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_error_frames(const baton_value *self,
                                           baton_frame *out, uint32_t capacity,
                                           uint32_t *kept, uint64_t *elided) {
  int32_t status = hand_error_frames(self, out, capacity, kept, elided);
  if (*kept > BATON_FRAMES_KEPT) {
    *elided += *kept - BATON_FRAMES_KEPT;
    *kept = BATON_FRAMES_KEPT;
  }
  return status;
}
