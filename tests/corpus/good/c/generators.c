/* SPDX-License-Identifier: MIT */
#include "bodies.h"

/* kit.count(n): for i in range(n): yield i;  return n */
BATON_RESUME(count_resume) {
  baton_begin(body_frame, f);
  if (!value_number(&f->a, &f->count))
    baton_raise(baton_error_new(BATON_ERROR_TYPE, "the count is no number"));
  for (; f->i < f->count; f->i++) baton_yield(baton_from_i64(f->i));
  baton_return(baton_from_i64(f->count));
  baton_cleanup;
  baton_end;
}
BATON_GENERATOR(kit_count, count_resume, body_frame, a, BODY_VALUES);
BODY_EXPORT(count, 1, "yields 0 ... n-1");

/* kit.delegate(x): return (yield from x) */
BATON_RESUME(delegate_resume) {
  baton_begin(body_frame, f);
  baton_await(baton_take(&f->a));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BATON_GENERATOR(kit_delegate, delegate_resume, body_frame, a, BODY_VALUES);
BODY_EXPORT(delegate, 1, "yields from x");

/* kit.mirror(v): while v is not none: v = yield v */
BATON_RESUME(mirror_resume) {
  baton_begin(body_frame, f);
  while (!baton_is_none(&f->a)) {
    baton_item(baton_take(&f->a));
    f->a = baton_take(in);
  }
  baton_cleanup;
  baton_end;
}
BATON_ASYNC_GENERATOR(kit_mirror, mirror_resume, body_frame, a, BODY_VALUES);
BODY_EXPORT(mirror, 1, "hands what it is sent");

/* kit.tidy(v, y): try: yield v;  yield v  finally: await y */
BATON_RESUME(tidy_resume) {
  baton_begin(body_frame, f);
  for (; f->i < 2; f->i++) {
    baton_check(baton_copy(&f->a, out));
    baton_item(baton_take(out));
  }
  baton_cleanup;
  baton_await(baton_take(&f->b));
  baton_drop(in);
  baton_end;
}
BATON_ASYNC_GENERATOR(kit_tidy, tidy_resume, body_frame, a, BODY_VALUES);
BODY_EXPORT(tidy, 2, "hands v twice, finally awaits y");

/* kit.stubborn(v): try: yield v  except generator-exit: yield v */
BATON_RESUME(stubborn_resume) {
  baton_begin(body_frame, f);
  baton_check(baton_copy(&f->a, out));
  baton_try_item(baton_take(out));
  if (op == BATON_OP_THROW) {
    if (baton_error_kind(in) != BATON_ERROR_GENERATOR_EXIT)
      baton_raise(baton_take(in));
    baton_drop(in);
    baton_item(baton_take(&f->a));
  }
  baton_cleanup;
  baton_end;
}
BATON_ASYNC_GENERATOR(kit_stubborn, stubborn_resume, body_frame, a,
                      BODY_VALUES);
BODY_EXPORT(stubborn, 1, "hands v, and again when it is closed");

/* kit.items(v...): for v in arguments: yield v */
BATON_RESUME(items_resume) {
  baton_begin(items_frame, f);
  for (; f->next < f->count; f->next++)
    baton_item(baton_take(&f->items[f->next]));
  baton_cleanup;
  baton_end;
}
BATON_ASYNC_GENERATOR(kit_items, items_resume, items_frame, items, ITEMS_MOST);

/* @param arguments any number, up to ITEMS_MOST. */
static int32_t BATON_CALL items_create(const baton_export *self,
                                       baton_context *cx,
                                       baton_value *arguments, uint64_t count,
                                       baton_value *out) {
  (void)self, (void)cx;
  if (count > ITEMS_MOST) return BATON_INVALID_ARGUMENT;
  int32_t status = baton_coro_new(&kit_items, out);
  if (status != BATON_OK) return status;
  items_frame *frame = baton_coro_frame(out);
  frame->count = count;
  for (uint64_t i = 0; i < count; i++)
    frame->items[i] = baton_take(&arguments[i]);
  return BATON_OK;
}

const baton_export items_export = {sizeof(baton_export), 0, "kit.items",
                                   "hands its arguments", items_create};
