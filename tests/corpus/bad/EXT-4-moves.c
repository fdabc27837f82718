/* SPDX-License-Identifier: MIT */
/* The view of a text is at another place at every call. */
#define HAND_TEXT_VIEW bad_text_view
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_text_view(const baton_value *self,
                                        baton_text_view *out) {
  static char copies[16][64];
  static atomic_uint calls;
  int32_t status = hand_text_view(self, out);
  if (out->size > sizeof copies[0]) return status;
  char *copy = copies[atomic_fetch_add(&calls, 1) % 16];
  memcpy(copy, out->data, out->size);
  out->data = copy;
  return status;
}
