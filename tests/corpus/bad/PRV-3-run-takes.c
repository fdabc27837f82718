/* SPDX-License-Identifier: MIT */
/* A kit.run that fails has taken what it drove. */
#define HAND_CREATE_RUN bad_create_run
#include "../good/hand/hand.c"

static int32_t BATON_CALL bad_create_run(const baton_export *self,
                                         baton_context *cx,
                                         baton_value *arguments, uint64_t count,
                                         baton_value *out) {
  int32_t status = hand_create_run(self, cx, arguments, count, out);
  if (status == BATON_ERROR) baton_drop(&arguments[0]);
  return status;
}
