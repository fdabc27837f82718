/* SPDX-License-Identifier: MIT */
/* The close at the last release says that it accepts suspensions. */
#define HAND_ABANDON bad_abandon
#include "../good/hand/hand.c"

static int32_t BATON_CALL nothing(const baton_waker *self) { return BATON_OK; }

static int32_t BATON_CALL bad_clone(const baton_waker *self,
                                    const baton_waker **out) {
  *out = self;
  return BATON_OK;
}

static void bad_abandon(const baton_value *self) {
  static const baton_waker_methods methods = {
      sizeof methods, 0, bad_clone, nothing, nothing, nothing};
  static const baton_waker deaf = {&methods};
  baton_context cx = hand_detached_context();
  baton_value out = baton_none();
  cx.accepts = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;
  cx.waker = &deaf;
  atomic_store(&hand_of(self)->claimed, 0);
  int32_t status = HAND_DRIVE_CLOSE(self, &cx, &out);
  if (status == BATON_ERROR) HAND_REPORT_UNRAISABLE(self, &out);
  baton_drop(&out);
}
