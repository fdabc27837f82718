/* SPDX-License-Identifier: MIT */
/* A release in the child of a fork aborts. */
#define HAND_CREATE bad_create
#define HAND_RELEASE bad_release
#include <unistd.h>
#include "../good/hand/hand.c"

static pid_t bad_home;

static int32_t BATON_CALL bad_create(const baton_export *self,
                                     baton_context *cx, baton_value *arguments,
                                     uint64_t count, baton_value *out) {
  if (!bad_home) bad_home = getpid();
  return hand_create(self, cx, arguments, count, out);
}

static int32_t BATON_CALL bad_release(const baton_value *self) {
  if (getpid() != bad_home) abort();
  return hand_release(self);
}
