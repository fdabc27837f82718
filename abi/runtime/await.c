/* SPDX-License-Identifier: MIT */
#include "await.h"

#include "drive.h"

baton_value baton_refuse_type(baton_value *value, const char *why) {
  baton_value lost = baton_take(value);
  if (!baton_can_release(lost.head.type))
    return baton_error_new(BATON_ERROR_TYPE,
                           "a value without a descriptor can't be awaited: %s",
                           why);
  *value = lost;
  return baton_error_new(BATON_ERROR_TYPE, "'%s' cannot be awaited: %s",
                         lost.head.type->name, why);
}

/* Checks what an awaitable gave. @return an error, or none. */
static baton_value check_handle(const char *given, baton_value *handle) {
  const char *why = NULL;
  const baton_type *type = baton_is_object(handle) ? handle->head.type : NULL;
  const char *name = baton_type_name(handle);
  if (type && baton_type_check(type, &why) != BATON_OK &&
      !baton_can_release(type)) {
    *handle = baton_none(); /* not even its release may be called */
    name = "a value without a descriptor";
  }
  if (type && !why && type->as_coroutine) return baton_none();
  return baton_error_new(BATON_ERROR_TYPE,
                         "%s.__await__() must return an iterator, not %s%s%s",
                         given, name, why ? ": " : "", why ? why : "");
}

int32_t baton_apply_await(const baton_value *awaitable, baton_context *cx,
                          baton_value *out) {
  const char *given = baton_type_name(awaitable);
  const baton_async_methods *methods =
      baton_is_object(awaitable) ? awaitable->head.type->as_async : NULL;
  baton_value error;
  int32_t status;
  if (!methods || !methods->am_await) {
    *out = baton_error_new(BATON_ERROR_TYPE, "'%s' object can't be awaited",
                           given);
    return BATON_ERROR;
  }
  status = methods->am_await(awaitable, cx, out);
  if (status == BATON_OWNED || status == BATON_LENT) {
    if (out->head.type == awaitable->head.type &&
        awaitable->head.type->as_coroutine)
      return status; /* itself: it was checked */
    error = check_handle(given, out);
    if (baton_is_none(&error)) return status;
    if (status == BATON_OWNED) baton_drop(out);
  } else if (status == BATON_ERROR) {
    baton_require_error(given, out);
    return status;
  } else {
    baton_drop(out);
    error = baton_is_refusal(status)
                ? baton_error_from_refusal(status, awaitable)
                : baton_error_from_status(status, awaitable);
  }
  *out = error;
  return BATON_ERROR;
}

int32_t baton_await_handle(const baton_value *awaitable, baton_context *cx,
                           baton_value *out) {
  const char *why = NULL;
  baton_value given;
  int32_t status;
  if (!awaitable || !cx || !out) return BATON_INVALID_ARGUMENT;
  given = *awaitable;
  if (baton_is_object(awaitable) &&
      baton_type_check(awaitable->head.type, &why) != BATON_OK) {
    *out = baton_refuse_type(&given, why);
    return BATON_ERROR;
  }
  status = baton_apply_await(awaitable, cx, out);
  if (status != BATON_LENT) return status;
  given = *out;
  return baton_copy(&given, out);
}
