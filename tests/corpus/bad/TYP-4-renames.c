/* SPDX-License-Identifier: MIT */
/* The descriptor has another name at every send. */
#include "retype.h"

static baton_type *bad_type;

static int32_t BATON_CALL bad_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g"};
  static atomic_uint calls;
  bad_type->name = names[atomic_fetch_add(&calls, 1) % 7];
  return hand_send(self, cx, in, out);
}

static void spoil(baton_type *type) {
  static baton_coroutine_methods methods;
  if (!type->as_coroutine) return;
  methods = *type->as_coroutine;
  methods.send = bad_send;
  type->as_coroutine = &methods;
  bad_type = type;
}
