/* SPDX-License-Identifier: MIT */
#ifndef BATON_COROUTINE_H
#define BATON_COROUTINE_H

#include "context.h"
#include "status.h"
#include "value.h"

/** @file
 * The suites of a coroutine: awaiting it, iterating it, driving it.
 *
 * The names are those of CPython's `tp_as_async` and of a coroutine's
 * methods. What each call does in each state is tabulated in spec/states.md;
 * CPython's `Objects/genobject.c` is the source.
 *
 * Ownership in every slot that has `in`, `error` or `out` (OWN-1 to OWN-3):
 * `*out` is none on entry; a callee that takes `*in` writes none into it;
 * after any return, whatever the status, both belong to the caller. The
 * caller holds a reference to `self` during the call (OWN-6). One that awaits
 * for another lets go at RETURN and ERROR, and calls no send or throw (COR-21).
 */

#ifdef __cplusplus
extern "C" {
#endif

/** What `await`, `async for` and `anext` need. */
typedef struct baton_async_methods {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /**
   * Gives the handle to drive in order to await `self`. Null: cannot be
   * awaited. Repeatable while `self` is suspended; starts nothing.
   *
   * @param out the handle; its type has `as_coroutine` or `as_link` (AWT-3).
   * @return BATON_OWNED: the handle is the caller's, and `self` may be
   *   released; BATON_LENT: it lives as long as `self` (AWT-2);
   *   BATON_ERROR with the error in `*out`; a refusal.
   *
   * Slot: driver thread; any state; re-entrant; runs code; gives or lends out.
   */
  int32_t(BATON_CALL *am_await)(const baton_value *self, baton_context *cx,
                                baton_value *out);

  /**
   * Gives an async iterator: a value whose type has `am_anext`. Null: cannot
   * be iterated. @return BATON_OWNED, BATON_ERROR, a refusal (AWT-5).
   *
   * Slot: driver thread; any state; re-entrant; runs code; gives out.
   */
  int32_t(BATON_CALL *am_aiter)(const baton_value *self, baton_context *cx,
                                baton_value *out);

  /**
   * Gives an awaitable of the next item. Awaiting it returns the item, or
   * fails with stop-async-iteration at the end (AWT-6). Null: not an async
   * iterator. @return BATON_OWNED, BATON_ERROR, a refusal.
   *
   * Slot: driver thread; any state; re-entrant; runs code; gives out.
   */
  int32_t(BATON_CALL *am_anext)(const baton_value *self, baton_context *cx,
                                baton_value *out);
} baton_async_methods;

/**
 * Chain level: drives a coroutine and everything below it. All three slots
 * are mandatory (TYP-5); one that cannot do its work refuses UNSUPPORTED.
 *
 * Each returns RETURN, YIELD, PENDING, ERROR or a refusal, never AWAIT or
 * ITEM (COR-1). BUSY: it runs, here or elsewhere (COR-4). INVALID_STATE: it
 * has ended; a generator answers RETURN none instead (COR-3).
 */
typedef struct baton_coroutine_methods {
  uint32_t struct_size; /**< sizeof this table when it was built */
  uint32_t reserved0;

  /**
   * Starts it, or resumes it with `*in` as the value of its suspension.
   *
   * @param in none at the start, else ERROR type-error, still CREATED
   *   (COR-2).
   *
   * Slot: driver thread; CREATED, SUSPENDED; not re-entrant; runs code;
   * takes in; gives out.
   */
  int32_t(BATON_CALL *send)(const baton_value *self, baton_context *cx,
                            baton_value *in, baton_value *out);

  /**
   * Raises `*error` at the innermost suspension (COR-6). The body answers as
   * it likes: RETURN, YIELD and PENDING are as good as ERROR, and it may be
   * thrown into again. CREATED: nothing runs, ERROR with the same error,
   * CLOSED (COR-5). Cancelling is throwing an error of kind cancelled.
   *
   * Slot: driver thread; CREATED, SUSPENDED; not re-entrant; runs code;
   * takes error; gives out.
   */
  int32_t(BATON_CALL *throw_)(const baton_value *self, baton_context *cx,
                              baton_value *error, baton_value *out);

  /**
   * Ends it: generator-exit is raised, the innermost link first (COR-8).
   *
   * RETURN: closed; `*out` is what the body returned (COR-11). ERROR: closed;
   * cleanup failed. YIELD and PENDING, only if `cx->accepts` has them: not
   * yet, still SUSPENDED, go on with send; otherwise such a suspension is
   * ERROR runtime-error "... ignored GeneratorExit" (COR-10). CREATED: nothing
   * runs (COR-7). CLOSED: RETURN none (COR-9).
   *
   * Slot: driver thread; any state; not re-entrant; runs code; gives out.
   */
  int32_t(BATON_CALL *close)(const baton_value *self, baton_context *cx,
                             baton_value *out);
} baton_coroutine_methods;

#ifdef __cplusplus
}
#endif

#endif
