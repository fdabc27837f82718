/* SPDX-License-Identifier: MIT */
/* A coroutine that never started is reported twice. */
#define HAND_REPORT_UNAWAITED bad_report_unawaited
#include "../good/hand/hand.c"

static void bad_report_unawaited(const baton_value *self) {
  hand_report_unawaited(self);
  hand_report_unawaited(self);
}
