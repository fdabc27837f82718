/* SPDX-License-Identifier: MIT */
/*
 * A race of two coroutines that wait for an event each. One event never
 * happens; the other is set by another thread, whose wake ends the race.
 */
#include <baton/author.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>

/* ---- An event: set once, by any thread ---------------------------------- */

typedef struct event {
  pthread_mutex_t lock; /* never held around a waker's slots */
  const baton_waker *waiter;
  int64_t value; /* 0: not set */
} event;

static void event_replace_waiter(event *self, const baton_waker *waiter) {
  pthread_mutex_lock(&self->lock);
  const baton_waker *old = self->waiter;
  self->waiter = waiter;
  pthread_mutex_unlock(&self->lock);
  if (old) old->methods->drop(old);
}

static int64_t event_read(event *self) {
  pthread_mutex_lock(&self->lock);
  int64_t value = self->value;
  pthread_mutex_unlock(&self->lock);
  return value;
}

static void event_set(event *self, int64_t value) {
  pthread_mutex_lock(&self->lock);
  const baton_waker *waiter = self->waiter;
  self->waiter = NULL;
  self->value = value;
  pthread_mutex_unlock(&self->lock);
  if (waiter) waiter->methods->wake(waiter);
}

/* ---- wait_for: a coroutine that returns the event's value --------------- */

typedef struct wait_frame {
  baton_place at;
  event *event;
} wait_frame;

/* A wake that comes between `event_replace_waiter` and PENDING is not lost: it
 * makes the driver resume once more. One too many does no harm. */
BATON_RESUME(wait_resume) {
  baton_begin(wait_frame, f);
  while (event_read(f->event) == 0) {
    const baton_waker *waker = NULL;
    if (cx->waker->methods->clone(cx->waker, &waker) != BATON_OK)
      baton_raise(baton_from_kind(BATON_ERROR_NO_MEMORY));
    event_replace_waiter(f->event, waker);
    if (event_read(f->event) == 0) baton_wait();
  }
  baton_return(baton_from_i64(event_read(f->event)));
  baton_cleanup;
  event_replace_waiter(f->event, NULL);
  printf("wait_for %s\n", event_read(f->event) ? "returns" : "is closed");
  baton_end;
}

BATON_CORO(wait_for, wait_resume, wait_frame, at, 0);

static int32_t make_wait(event *awaited, baton_value *out) {
  int32_t status = baton_coro_new(&wait_for, out);
  if (status == BATON_OK)
    ((wait_frame *)baton_coro_frame(out))->event = awaited;
  return status;
}

/* ---- The race ----------------------------------------------------------- */

static void *other_thread(void *arg) {
  event_set(arg, 42);
  return NULL;
}

static int32_t race(event *first, event *second, baton_value *group) {
  baton_value runners[2] = {baton_none(), baton_none()};
  int32_t status = make_wait(first, &runners[0]);
  if (status == BATON_OK) status = make_wait(second, &runners[1]);
  if (status == BATON_OK)
    status = baton_group_new(BATON_GROUP_RACE, runners, 2, group);
  baton_drop(&runners[0]);
  baton_drop(&runners[1]);
  return status;
}

int main(void) {
  event never = {PTHREAD_MUTEX_INITIALIZER, NULL, 0};
  event soon = {PTHREAD_MUTEX_INITIALIZER, NULL, 0};
  baton_value group = baton_none(), result = baton_none();
  pthread_t thread;
  if (race(&never, &soon, &group) != BATON_OK) return 1;
  if (pthread_create(&thread, NULL, other_thread, &soon) != 0) return 1;
  int32_t status = baton_block_on(&group, &result);
  pthread_join(thread, NULL);
  if (status != BATON_RETURN) return 1;
  printf("runner %" PRIu64 " wins with %" PRIi64 "\n",
         baton_group_winner(&group), result.payload.i64);
  baton_drop(&result);
  baton_drop(&group);
  return 0;
}

/* Prints:
 * wait_for returns
 * wait_for is closed
 * runner 1 wins with 42
 */
