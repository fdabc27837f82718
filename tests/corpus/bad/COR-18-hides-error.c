/* SPDX-License-Identifier: MIT */
/* An error of the close at the last release is dropped in silence. */
#define HAND_REPORT_UNRAISABLE bad_report_unraisable
#include "../good/hand/hand.c"

static void bad_report_unraisable(const baton_value *self,
                                  const baton_value *error) {}
