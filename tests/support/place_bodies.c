/* SPDX-License-Identifier: MIT */
#include "place_bodies.h"

#define FIRST part
#define COUNT 2

BATON_RESUME(sum_resume) {
  baton_begin(place_frame, f);
  for (f->i = 0; f->i < 3; f->i++) {
    baton_yield(baton_from_i64(f->i));
    f->total += in->payload.i64;
    baton_drop(in);
  }
  baton_return(baton_from_i64(f->total));
  baton_cleanup;
  if (f->cleanups) ++*f->cleanups;
  baton_end;
}
BATON_CORO(sum, sum_resume, place_frame, FIRST, COUNT);
const baton_body *const place_sum = &sum;

BATON_RESUME(count_resume) {
  baton_begin(place_frame, f);
  for (f->i = 0; f->i < f->total; f->i++) {
    baton_yield(baton_from_i64(f->i));
    baton_drop(in);
  }
  baton_cleanup;
  baton_end;
}
BATON_GENERATOR(count, count_resume, place_frame, FIRST, COUNT);
const baton_body *const place_count = &count;

BATON_RESUME(items_resume) {
  baton_begin(place_frame, f);
  for (f->i = 0; f->i < f->total; f->i++) {
    baton_item(baton_from_i64(f->i));
    baton_drop(in);
  }
  baton_cleanup;
  if (f->cleanups) ++*f->cleanups;
  baton_end;
}
BATON_ASYNC_GENERATOR(items, items_resume, place_frame, FIRST, COUNT);
const baton_body *const place_items = &items;

BATON_RESUME(await_resume) {
  baton_begin(place_frame, f);
  baton_await(baton_take(&f->part));
  baton_return(baton_take(in));
  baton_cleanup;
  if (f->cleanups) ++*f->cleanups;
  baton_end;
}
BATON_CORO(await, await_resume, place_frame, FIRST, COUNT);
const baton_body *const place_await = &await;

BATON_RESUME(wait_resume) {
  baton_begin(place_frame, f);
  f->i = __LINE__ + 1;
  baton_wait();
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BATON_CORO(wait, wait_resume, place_frame, FIRST, COUNT);
const baton_body *const place_wait = &wait;

static baton_value got(uint32_t op, baton_value *in) {
  baton_value kind = baton_from_i64((int64_t)baton_error_kind(in));
  if (op == BATON_OP_SEND) return baton_take(in);
  baton_drop(in);
  return kind;
}

BATON_RESUME(try_yield_resume) {
  baton_begin(place_frame, f);
  baton_try_yield(baton_from_i64(1));
  baton_return(got(op, in));
  baton_cleanup;
  (void)f;
  baton_end;
}
BATON_CORO(try_yield, try_yield_resume, place_frame, FIRST, COUNT);
const baton_body *const place_try_yield = &try_yield;

BATON_RESUME(try_await_resume) {
  baton_begin(place_frame, f);
  baton_try_await(baton_take(&f->part));
  baton_return(got(op, in));
  baton_cleanup;
  baton_end;
}
BATON_CORO(try_await, try_await_resume, place_frame, FIRST, COUNT);
const baton_body *const place_try_await = &try_await;

BATON_RESUME(try_wait_resume) {
  baton_begin(place_frame, f);
  baton_try_wait();
  baton_return(got(op, in));
  baton_cleanup;
  (void)f;
  baton_end;
}
BATON_CORO(try_wait, try_wait_resume, place_frame, FIRST, COUNT);
const baton_body *const place_try_wait = &try_wait;

BATON_RESUME(try_item_resume) {
  baton_begin(place_frame, f);
  baton_try_item(baton_from_i64(1));
  baton_try_item(got(op, in));
  baton_drop(in);
  baton_cleanup;
  (void)f;
  baton_end;
}
BATON_ASYNC_GENERATOR(try_item, try_item_resume, place_frame, FIRST, COUNT);
const baton_body *const place_try_item = &try_item;

BATON_RESUME(for_resume) {
  baton_begin(place_frame, f);
  baton_async_for(&f->part) {
    int64_t item = in->payload.i64;
    if (f->i != 0 && item == f->i) break;
    if (item == 1) continue;
    f->total += item;
  }
  baton_return(baton_from_i64(f->total));
  baton_cleanup;
  baton_end;
}
BATON_CORO(for_each, for_resume, place_frame, FIRST, COUNT);
const baton_body *const place_for = &for_each;

BATON_RESUME(for_await_resume) {
  baton_begin(place_frame, f);
  baton_async_for(&f->part) {
    f->total += in->payload.i64;
    baton_copy(&f->extra, out);
    baton_await(*out);
    f->total += in->payload.i64;
  }
  baton_return(baton_from_i64(f->total));
  baton_cleanup;
  baton_end;
}
BATON_CORO(for_await, for_await_resume, place_frame, FIRST, COUNT);
const baton_body *const place_for_await = &for_await;

BATON_RESUME(cleanup_resume) {
  baton_begin(place_frame, f);
  baton_yield(baton_from_i64(1));
  baton_return(baton_from_i64(7));
  baton_cleanup;
  if (f->cleanups) ++*f->cleanups;
  baton_yield(baton_from_i64(100));
  baton_end;
}
BATON_CORO(cleanup, cleanup_resume, place_frame, FIRST, COUNT);
const baton_body *const place_cleanup = &cleanup;

BATON_RESUME(cleanup_raises_resume) {
  baton_begin(place_frame, f);
  baton_yield(baton_from_i64(1));
  baton_cleanup;
  if (f->cleanups) ++*f->cleanups;
  baton_raise(baton_take(&f->extra));
  baton_end;
}
BATON_CORO(cleanup_raises, cleanup_raises_resume, place_frame, FIRST, COUNT);
const baton_body *const place_cleanup_raises = &cleanup_raises;

BATON_RESUME(cleanup_returns_resume) {
  baton_begin(place_frame, f);
  baton_yield(baton_from_i64(1));
  baton_cleanup;
  if (f->cleanups) ++*f->cleanups;
  baton_return(baton_from_i64(9));
  baton_end;
}
BATON_CORO(cleanup_returns, cleanup_returns_resume, place_frame, FIRST, COUNT);
const baton_body *const place_cleanup_returns = &cleanup_returns;

BATON_RESUME(cleanup_awaits_resume) {
  baton_begin(place_frame, f);
  baton_yield(baton_from_i64(1));
  baton_cleanup;
  if (f->cleanups) ++*f->cleanups;
  baton_await(baton_take(&f->extra));
  baton_drop(in);
  baton_end;
}
BATON_CORO(cleanup_awaits, cleanup_awaits_resume, place_frame, FIRST, COUNT);
const baton_body *const place_cleanup_awaits = &cleanup_awaits;

BATON_RESUME(raise_resume) {
  baton_begin(place_frame, f);
  f->i = __LINE__ + 1;
  baton_raise(baton_take(&f->part));
  baton_cleanup;
  baton_end;
}
BATON_CORO(raise_once, raise_resume, place_frame, FIRST, COUNT);
const baton_body *const place_raise = &raise_once;

BATON_RESUME(check_resume) {
  baton_begin(place_frame, f);
  baton_check((int32_t)f->i);
  baton_return(baton_from_i64(7));
  baton_cleanup;
  baton_end;
}
BATON_CORO(check, check_resume, place_frame, FIRST, COUNT);
const baton_body *const place_check = &check;

BATON_RESUME(ending_resume) {
  const baton_value *error;
  baton_begin(place_frame, f);
  baton_yield(baton_from_i64(1));
  baton_cleanup;
  error = baton_ending_error();
  f->i = error ? (int64_t)baton_error_kind(error) : 0;
  baton_yield(baton_from_i64(f->i));
  baton_end;
}
BATON_CORO(ending, ending_resume, place_frame, FIRST, COUNT);
const baton_body *const place_ending = &ending;
