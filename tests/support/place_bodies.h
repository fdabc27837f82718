/* SPDX-License-Identifier: MIT */
#ifndef SUPPORT_PLACE_BODIES_H
#define SUPPORT_PLACE_BODIES_H

#include <baton/author.h>

/** @file
 * Bodies that are written with author.h, which is for C only.
 */

#ifdef __cplusplus
extern "C" {
#endif

/** The frame of each of them. */
typedef struct place_frame {
  baton_place at;
  baton_value part;  /**< what is awaited, yielded or iterated */
  baton_value extra; /**< what the cleanup raises or awaits */
  int64_t i;
  int64_t total;
  int64_t *cleanups; /**< counts cleanups, if it is not null */
} place_frame;

/** Adds what it is sent for each of 0, 1, 2 that it yields. */
extern const baton_body *const place_sum;
/** Yields 0, 1, ... up to `total`, as a generator. */
extern const baton_body *const place_count;
/** Hands out 0, 1, ... up to `total`, as an async generator. */
extern const baton_body *const place_items;
/** Awaits `part`, and returns its result. */
extern const baton_body *const place_await;
/** Waits once, and returns what it is sent; `i` is the line where it waits. */
extern const baton_body *const place_wait;
/** Returns the kind of what is thrown at a yield, an await of `part`, a wait
 * or, for an async generator, an item; what is sent otherwise. */
extern const baton_body *const place_try_yield;
extern const baton_body *const place_try_await;
extern const baton_body *const place_try_wait;
extern const baton_body *const place_try_item;
/** Adds up the items of `part`; leaves the loop at an item of `i`, if that is
 * not 0. */
extern const baton_body *const place_for;
/** The same, and awaits `extra` for each item. */
extern const baton_body *const place_for_await;
/** Yields 1, returns 7; its cleanup yields 100. */
extern const baton_body *const place_cleanup;
/** Yields 1; its cleanup raises `extra`. */
extern const baton_body *const place_cleanup_raises;
/** Yields 1; its cleanup returns 9. */
extern const baton_body *const place_cleanup_returns;
/** Yields 1; its cleanup awaits `extra`. */
extern const baton_body *const place_cleanup_awaits;
/** Raises `part` at once; `i` is the line where it does. */
extern const baton_body *const place_raise;
/** Ends with the refusal that is its number. */
extern const baton_body *const place_check;
/** Yields 1; its cleanup yields the kind of the error it ends with, or 0. */
extern const baton_body *const place_ending;

#ifdef __cplusplus
}
#endif

#endif
