/* SPDX-License-Identifier: MIT */
/* Of a type with an unknown critical flag the tables are looked at first. */
#define HAND_CHECK bad_check
#include "../good/hand/hand.c"

static const char *bad_check(const baton_type *type) {
  if (!hand_prefix_fault(type) && type->abi_major == BATON_ABI_MAJOR &&
      (type->flags & BATON_TYPE_CRITICAL)) {
    const baton_coroutine_methods *volatile looked = type->as_coroutine;
    (void)looked;
  }
  return hand_check(type);
}
