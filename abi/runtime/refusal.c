/* SPDX-License-Identifier: MIT */
#include "drive.h"

static const char *noun_of(const baton_value *child) {
  return baton_is_link(child) ? baton_link_noun(baton_link_of(child))
                              : "coroutine";
}

baton_value baton_error_from_refusal(int32_t status, const baton_value *child) {
  const char *name = baton_type_name(child);
  switch (status) {
    case BATON_BUSY:
      return baton_error_new(BATON_ERROR_VALUE, "%s already executing",
                             noun_of(child));
    case BATON_INVALID_STATE:
      return baton_error_new(BATON_ERROR_RUNTIME,
                             "cannot reuse already awaited coroutine");
    case BATON_UNSUPPORTED:
      return baton_error_new(BATON_ERROR_TYPE,
                             "'%s' does not support this operation", name);
    case BATON_NO_MEMORY:
      return baton_from_kind(BATON_ERROR_NO_MEMORY);
    case BATON_VERSION_MISMATCH:
      return baton_error_new(BATON_ERROR_RUNTIME,
                             "'%s' needs another version of the contract than "
                             "%d.%d",
                             name, BATON_ABI_MAJOR, BATON_ABI_MINOR);
    case BATON_WRONG_THREAD:
      return baton_error_new(BATON_ERROR_RUNTIME,
                             "'%s' belongs to another thread", name);
    case BATON_INVALID_ARGUMENT:
      return baton_error_new(BATON_ERROR_RUNTIME,
                             "'%s' was called against the contract", name);
    default:
      return baton_error_new(BATON_ERROR_RUNTIME,
                             "'%s' refused with unknown status %d", name,
                             (int)status);
  }
}

baton_value baton_error_from_status(int32_t status, const baton_value *child) {
  return baton_error_new(BATON_ERROR_RUNTIME, "unknown status %d from %s",
                         (int)status, baton_type_name(child));
}
