/* SPDX-License-Identifier: MIT */
/* An object of the host crosses as a number, a handle of it. */
#define HOST_CREATE bad_create
#include "host.h"

static int32_t BATON_CALL bad_create(const baton_export *self,
                                     baton_context *cx, baton_value *arguments,
                                     uint64_t count, baton_value *out) {
  static atomic_llong last;
  if (count) return BATON_INVALID_ARGUMENT;
  *out = baton_from_i64(atomic_fetch_add(&last, 1) + 1000);
  return BATON_OK;
}
