/* SPDX-License-Identifier: MIT */
/* A generator that delegates to what cannot be driven gets an error of kind
 * value. */
#define HAND_ATTACH_ITERATOR bad_attach_iterator
#include "../good/hand/hand.c"

static int32_t bad_attach_iterator(hand_child *child, baton_value *value,
                                   baton_value *out) {
  int32_t status = hand_attach_iterator(child, value, out);
  if (status == BATON_ERROR) hand_error_of(out)->kind = BATON_ERROR_VALUE;
  return status;
}
