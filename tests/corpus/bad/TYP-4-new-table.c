/* SPDX-License-Identifier: MIT */
/* The table of a coroutine's slots is another one after each send. */
#include "retype.h"

static baton_type *bad_type;
static baton_coroutine_methods bad_methods[7];

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  static atomic_uint calls;
  bad_type->as_coroutine = &bad_methods[atomic_fetch_add(&calls, 1) % 7];
  return hand_send(self, cx, in, out);
}

static void spoil(baton_type *type) {
  if (!type->as_coroutine) return;
  for (size_t i = 0; i < 7; i++) {
    bad_methods[i] = *type->as_coroutine;
    bad_methods[i].send = bad_send;
  }
  type->as_coroutine = bad_methods;
  bad_type = type;
}
