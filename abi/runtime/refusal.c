/* SPDX-License-Identifier: MIT */
#include "drive.h"
#include "object.h"

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

void baton_require_error(const char *culprit, baton_value *out) {
  if (baton_is_error(out)) return;
  baton_value wrong = baton_take(out);
  *out = baton_error_new(BATON_ERROR_TYPE,
                         "%s raised a %s, which is no error (ERR-1)", culprit,
                         baton_type_name(&wrong));
  baton_drop(&wrong);
}

baton_value baton_break_off(int32_t status, const baton_value *child) {
  baton_value error = baton_error_from_status(status, child);
  baton_context cx = baton_detached_context();
  baton_value out = baton_none();
  child->head.type->as_coroutine->close(child, &cx, &out);
  baton_drop(&out);
  return error;
}

baton_value baton_error_from_status(int32_t status, const baton_value *child) {
  return baton_error_new(BATON_ERROR_RUNTIME, "unknown status %d from %s",
                         (int)status, baton_type_name(child));
}
