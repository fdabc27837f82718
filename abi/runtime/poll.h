/* SPDX-License-Identifier: MIT */
#ifndef BATON_POLL_H
#define BATON_POLL_H

#include "baton/runtime.h"

/** @file
 * Driving an awaitable as an outermost driver does: am_await once, then send,
 * throw or close; tokens that can be waited for become PENDING, others are
 * thrown back.
 */

#define BATON_POLL_CLOSE 2u /* beside BATON_OP_SEND and BATON_OP_THROW */

typedef struct baton_poll {
  baton_value awaitable;    /* until the first step; none after it */
  baton_value handle;       /* none before the first step */
  baton_value token;        /* what was yielded and is being waited for */
  const baton_waker *waker; /* that `token` was subscribed with */
  baton_value next;         /* what the next step sends or throws */
  uint32_t op;              /* what the next step does */
} baton_poll;

/** @param awaitable taken. */
void baton_poll_init(baton_poll *poll, baton_value *awaitable);

/** One step. @param forward whether a token that cannot be waited for is
 * returned, with YIELD. @return RETURN, ERROR, PENDING, YIELD. */
int32_t baton_poll_step(baton_poll *poll, baton_context *cx, int forward,
                        baton_value *out);

/** Sets what the next step throws; moved in. */
void baton_poll_throw(baton_poll *poll, baton_value error);

/** Closes at once, and drops what it holds. @return RETURN, ERROR. */
int32_t baton_poll_close(baton_poll *poll, baton_value *out);

/** Drops what it holds. */
void baton_poll_drop(baton_poll *poll);

#endif
