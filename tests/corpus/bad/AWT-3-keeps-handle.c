/* SPDX-License-Identifier: MIT */
/* A handle that is OWNED and cannot be driven is not released. */
#define HAND_ATTACH bad_attach
#include "../good/hand/hand.c"

static int is_driven(const baton_value *handle) {
  return !baton_is_object(handle) || HAND_CHECK(handle->head.type) ||
         handle->head.type->as_coroutine;
}

static int32_t bad_attach(hand_child *child, baton_context *cx,
                          baton_value *value, baton_value *out) {
  baton_value handle = baton_none();
  int foreign = baton_is_object(value) && !HAND_CHECK(value->head.type) &&
                hand_can_be_awaited(value) && !value->head.type->as_coroutine;
  if (!foreign) return hand_attach(child, cx, value, out);
  int32_t status = value->head.type->as_async->am_await(value, cx, &handle);
  if (status == BATON_OWNED || status == BATON_LENT) {
    *out = hand_check_handle(value->head.type->name, &handle);
    int wrong = !baton_is_none(out);
    if (wrong && status == BATON_OWNED && is_driven(&handle))
      hand_drop(&handle);
    if (wrong) status = BATON_ERROR;
  } else {
    *out = baton_take(&handle);
    status = HAND_FAILURE(status, value, out);
  }
  if (status != BATON_ERROR) child->handle = handle;
  if (status == BATON_LENT) child->owner = baton_take(value);
  hand_drop(value);
  return status == BATON_ERROR ? status : BATON_OK;
}
