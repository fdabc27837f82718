/* SPDX-License-Identifier: MIT */
/* A body that drives two children gives them a waker that wakes nobody. */
#define BOTH_DRIVE bad_drive
#include "both.h"

static int32_t BATON_CALL nothing(const baton_waker *self) { return BATON_OK; }

static int32_t BATON_CALL same(const baton_waker *self,
                               const baton_waker **out) {
  *out = self;
  return BATON_OK;
}

static int32_t bad_drive(hand *self, size_t index, baton_context *cx,
                         uint32_t op, baton_value *in, baton_value *out) {
  static const baton_waker_methods methods = {sizeof methods, 0,       same,
                                              nothing,        nothing, nothing};
  static const baton_waker deaf = {&methods};
  const baton_waker *waker = cx->waker;
  if (waker && index == 1) cx->waker = &deaf;
  int32_t status = both_drive(self, index, cx, op, in, out);
  cx->waker = waker;
  return status;
}
