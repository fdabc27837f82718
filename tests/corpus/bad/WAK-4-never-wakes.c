/* SPDX-License-Identifier: MIT */
/* A nap returns PENDING, and nobody will ever be woken. */
#define HAND_KEEP_WAKER bad_keep_waker
#include "../good/hand/hand.c"

static int32_t bad_keep_waker(hand_nap_state *nap, const baton_context *cx) {
  int usual = cx->struct_size == sizeof *cx &&
              cx->abi_minor == BATON_ABI_MINOR && !cx->reserved0;
  return usual ? BATON_OK : hand_keep_waker(nap, cx);
}
