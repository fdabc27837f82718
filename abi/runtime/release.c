/* SPDX-License-Identifier: MIT */
#include "coro.h"
#include "drive.h"
#include "object.h"

/* How many releases may nest on one stack before the rest wait. */
#define NESTING 16

static BATON_THREAD_LOCAL int nesting;
static BATON_THREAD_LOCAL baton_link *waiting;
static BATON_THREAD_LOCAL int emptying;

static void empty(void) {
  emptying = 1;
  while (waiting) {
    baton_link *link = waiting;
    waiting = link->returns_to;
    baton_link_finish(link);
  }
  emptying = 0;
}

void baton_release_soon(baton_link *link, baton_finish finish) {
  if (nesting >= NESTING) {
    baton_link_wait(link, waiting, finish);
    waiting = link;
    return;
  }
  nesting++;
  finish(link);
  nesting--;
  if (nesting == 0 && waiting && !emptying) empty();
}

/* Takes off what a link that would not end still delegates to. */
static void abandon(const baton_value *self) {
  baton_link *link = baton_link_of(self);
  const baton_link_methods *methods = self->head.type->as_link;
  baton_value held = baton_unhang(link);
  baton_link_set(link, BATON_CLOSED);
  if (methods->ended) methods->ended(self);
  baton_drop(&held);
}

static void close_now(const baton_value *self) {
  baton_context cx = baton_detached_context();
  baton_value out = baton_none();
  int32_t status = baton_link_close(self, &cx, &out);
  if (status == BATON_ERROR) baton_unraisable_error(&out, self);
  baton_drop(&out);
}

int baton_link_finalize(const baton_value *self) {
  baton_link *link = baton_link_of(self);
  uint8_t state = baton_link_state(link);
  link->leaf = NULL;
  baton_store(&link->count, 1);
  if (state == BATON_CREATED && link->kind == BATON_KIND_COROUTINE)
    baton_unawaited_coroutine(self);
  if (state == BATON_SUSPENDED || state == BATON_CREATED) close_now(self);
  if (!baton_count_drop(&link->count)) return 0;
  if (baton_link_state(link) != BATON_CLOSED) abandon(self);
  return 1;
}
