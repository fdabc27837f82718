/* SPDX-License-Identifier: MIT */
#ifndef BATON_STATUS_H
#define BATON_STATUS_H

/** @file
 * What a slot returns, in an `int32_t`, and the states of a coroutine.
 *
 * A result says how a run ended. A refusal says that nothing happened: no
 * state changed, `in` is as it was, `out` is none (OWN-4, COR-12). Any other
 * number is unknown: the caller drops `out`, closes the coroutine and reports
 * an error that names its type (COR-13).
 */

/* Results: the numbers of CPython's PySendResult, and two suspensions. */
#define BATON_RETURN 0  /**< finished; `out` is the result */
#define BATON_YIELD 1   /**< suspended; `out` is for the outermost driver */
#define BATON_AWAIT 2   /**< link level only: delegates to `out` */
#define BATON_PENDING 3 /**< suspended; the call's waker will be woken */
#define BATON_ITEM 4    /**< link level only: `out` goes to the consumer */
#define BATON_ERROR -1  /**< failed; `out` is the error (COR-2, COR-10) */

/* Results of slots that do not run a coroutine. */
#define BATON_OK 0    /**< done */
#define BATON_OWNED 0 /**< am_await: `out` is the caller's */
#define BATON_LENT 1  /**< am_await: `out` lives as long as `self` */

/* Refusals. */
#define BATON_BUSY -16             /**< it runs, or its chain does */
#define BATON_INVALID_STATE -17    /**< it has ended */
#define BATON_UNSUPPORTED -18      /**< this type cannot do that */
#define BATON_NO_MEMORY -19        /**< an allocation failed */
#define BATON_VERSION_MISMATCH -20 /**< the two sides' versions do not meet */
#define BATON_WRONG_THREAD -21     /**< affine object, foreign thread */
#define BATON_INVALID_ARGUMENT -22 /**< the caller broke the contract */

/** The highest number of a refusal; all down to -255 are kept for more. */
#define BATON_REFUSAL_MAX -16
#define BATON_REFUSAL_MIN -255

/* States of a coroutine, generator or async generator. */
#define BATON_CREATED 0   /**< not started */
#define BATON_RUNNING 1   /**< its body is on some stack */
#define BATON_SUSPENDED 2 /**< waits to be resumed */
#define BATON_CLOSED 3    /**< has ended */

#endif
