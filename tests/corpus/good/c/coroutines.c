/* SPDX-License-Identifier: MIT */
#include "bodies.h"

#define BODY(name, arguments, summary)                               \
  BATON_CORO(kit_##name, name##_resume, body_frame, a, BODY_VALUES); \
  BODY_EXPORT(name, arguments, summary)

/* ---- Values and errors -------------------------------------------------- */

/* kit.give(v): return v */
BATON_RESUME(give_resume) {
  baton_begin(body_frame, f);
  baton_return(baton_take(&f->a));
  baton_cleanup;
  baton_end;
}
BODY(give, 1, "returns v");

/* kit.echo(v): return (yield v) */
BATON_RESUME(echo_resume) {
  baton_begin(body_frame, f);
  baton_yield(baton_take(&f->a));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BODY(echo, 1, "yields v, returns what is sent");

static baton_value error_of(const baton_value *kind,
                            const baton_value *message) {
  baton_text_view text;
  int64_t number;
  if (!value_number(kind, &number))
    return baton_error_new(BATON_ERROR_TYPE, "the kind is no number");
  if (baton_text_of(message, &text) != BATON_OK)
    return baton_from_kind((uint32_t)number);
  return baton_error_new((uint32_t)number, "%.*s", (int)text.size, text.data);
}

/* kit.fail(kind, message): raise */
BATON_RESUME(fail_resume) {
  baton_begin(body_frame, f);
  baton_raise(error_of(&f->a, &f->b));
  baton_cleanup;
  baton_end;
}
BODY(fail, 2, "raises a kind, with a message");

/* kit.raise(e): raise e */
BATON_RESUME(raise_resume) {
  baton_begin(body_frame, f);
  baton_raise(baton_take(&f->a));
  baton_cleanup;
  baton_end;
}
BODY(raise, 1, "raises e");

/* kit.nil(): return none */
BATON_RESUME(nil_resume) {
  baton_begin(body_frame, f);
  baton_return(baton_none());
  baton_cleanup;
  baton_end;
}
BODY(nil, 0, "returns none");

/* kit.true(): return true */
BATON_RESUME(true_resume) {
  baton_begin(body_frame, f);
  baton_return(baton_from_bool(1));
  baton_cleanup;
  baton_end;
}
BODY(true, 0, "returns true");

/* kit.one(): return 1 */
BATON_RESUME(one_resume) {
  baton_begin(body_frame, f);
  baton_return(baton_from_i64(1));
  baton_cleanup;
  baton_end;
}
BODY(one, 0, "returns 1");

/* ---- Delegation --------------------------------------------------------- */

/* kit.relay(x): return await x */
BATON_RESUME(relay_resume) {
  baton_begin(body_frame, f);
  baton_await(baton_take(&f->a));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BODY(relay, 1, "awaits x");

/* kit.pair(x, y): await x;  return await y */
BATON_RESUME(pair_resume) {
  baton_begin(body_frame, f);
  baton_await(baton_take(&f->a));
  baton_drop(in);
  baton_await(baton_take(&f->b));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BODY(pair, 2, "awaits x, then y");

/* kit.rescue(x): try: return await x  except e: return e */
BATON_RESUME(rescue_resume) {
  baton_begin(body_frame, f);
  baton_try_await(baton_take(&f->a));
  if (op == BATON_OP_THROW && (baton_error_kind(in) & BATON_ERROR_BASE))
    baton_raise(baton_take(in));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BODY(rescue, 1, "returns the error of x");

/* kit.guard(x, y): try: return await x  finally: await y */
BATON_RESUME(guard_resume) {
  baton_begin(body_frame, f);
  baton_await(baton_take(&f->a));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_await(baton_take(&f->b));
  baton_drop(in);
  baton_end;
}
BODY(guard, 2, "awaits x, finally y");

/* kit.both(x, y): await x and y at once;  return y's result */
BATON_RESUME(both_resume) {
  baton_begin(body_frame, f);
  baton_check(baton_group_new(BATON_GROUP_FIRST_ERROR, &f->a, 2, out));
  baton_check(baton_copy(out, &f->c));
  baton_await(baton_take(out));
  baton_check(baton_group_result(&f->c, 1, &f->b));
  baton_return(baton_take(&f->b));
  baton_cleanup;
  baton_end;
}
BODY(both, 2, "awaits x and y at once");

/* Makes what an await ended with the error that it caught, or none. @return
 * whether it is the body's to catch: a close is not. */
static int caught(uint32_t op, baton_value *in) {
  if (op != BATON_OP_THROW) baton_drop(in);
  return baton_error_kind(in) != BATON_ERROR_GENERATOR_EXIT;
}

/* kit.alike(x, y): whether both fail, with the same error object */
BATON_RESUME(alike_resume) {
  baton_begin(body_frame, f);
  baton_try_await(baton_take(&f->a));
  if (!caught(op, in)) baton_raise(baton_take(in));
  f->c = baton_take(in);
  baton_try_await(baton_take(&f->b));
  if (!caught(op, in)) baton_raise(baton_take(in));
  baton_return(baton_from_bool(!baton_is_none(in) && value_is_same(&f->c, in)));
  baton_cleanup;
  baton_end;
}
BODY(alike, 2, "whether x and y fail alike");

static int32_t ask_iterator(const baton_value *items, baton_context *cx,
                            baton_value *out) {
  const baton_async_methods *methods =
      baton_is_object(items) ? items->head.type->as_async : NULL;
  if (!methods || !methods->am_aiter) return BATON_UNSUPPORTED;
  return methods->am_aiter(items, cx, out);
}

/* kit.last(x): last = none;  async for last in x: pass;  return last */
BATON_RESUME(last_resume) {
  baton_begin(body_frame, f);
  int32_t status = ask_iterator(&f->a, cx, &f->b);
  if (status == BATON_ERROR) baton_raise(baton_take(&f->b));
  baton_check(status);
  baton_async_for(&f->b) {
    baton_drop(&f->c);
    f->c = baton_take(in);
  }
  baton_return(baton_take(&f->c));
  baton_cleanup;
  baton_end;
}
BODY(last, 1, "returns the last item of x");
