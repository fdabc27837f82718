/* SPDX-License-Identifier: MIT */
#include "baton/author.h"
#include "drive.h"
#include "object.h"

void baton_place_set(baton_place *at, int32_t status, baton_value *outcome) {
  baton_value old = baton_take(&at->outcome);
  baton_value taken = baton_take(outcome);
  if (status == BATON_ERROR && at->status == BATON_ERROR &&
      baton_error_is_unseen(&taken))
    baton_error_set_context(&taken, &old);
  baton_drop(&old);
  at->status = status;
  at->outcome = taken;
}

int32_t baton_place_next(const baton_value *iterator, baton_context *cx,
                         baton_value *out) {
  const baton_async_methods *methods =
      baton_is_object(iterator) ? iterator->head.type->as_async : NULL;
  int32_t status;
  if (!methods || !methods->am_anext) {
    *out = baton_error_new(BATON_ERROR_TYPE,
                           "'async for' requires an iterator with __anext__ "
                           "method, got %s",
                           baton_type_name(iterator));
    return BATON_ERROR;
  }
  status = methods->am_anext(iterator, cx, out);
  if (status == BATON_OWNED) return BATON_AWAIT;
  if (status == BATON_ERROR) return status;
  baton_drop(out);
  *out = baton_is_refusal(status) ? baton_error_from_refusal(status, iterator)
                                  : baton_error_from_status(status, iterator);
  return BATON_ERROR;
}
