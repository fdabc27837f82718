/* SPDX-License-Identifier: MIT */
#include "atomic.h"
#include "memory.h"
#include "object.h"
#include "poll.h"

/* Where a task is. Only IDLE to QUEUED posts; a wake while it runs makes it
 * run once more. */
enum { IDLE, QUEUED, STEPPING, STEPPING_WOKEN, DONE };

struct baton_task {
  baton_waker waker; /* first: a waker is a task */
  baton_work work;
  uint32_t count;
  uint32_t place;
  uint32_t cancelling; /* 0, 1: being written, 2: `cancel` is set */
  baton_value cancel;
  baton_poll poll;
  baton_executor *executor;
  baton_done on_done;
  void *arg;
};

static baton_task *task_of(const baton_waker *waker) {
  return (baton_task *)(uintptr_t)waker;
}

void baton_task_release(baton_task *task) {
  if (!task || !baton_count_drop(&task->count)) return;
  baton_drop(&task->cancel);
  baton_free(task, sizeof *task);
}

static int32_t BATON_CALL task_clone(const baton_waker *self,
                                     const baton_waker **out) {
  baton_add(&task_of(self)->count, 1);
  *out = self;
  return BATON_OK;
}

static int32_t BATON_CALL task_wake_by_ref(const baton_waker *self) {
  baton_task *task = task_of(self);
  uint32_t place = baton_load(&task->place);
  for (;;) {
    uint32_t next = place == IDLE       ? QUEUED
                    : place == STEPPING ? STEPPING_WOKEN
                                        : place;
    if (!baton_swap_if(&task->place, &place, next)) continue;
    if (place == IDLE) {
      baton_add(&task->count, 1);
      task->executor->post(task->executor, &task->work);
    }
    return BATON_OK;
  }
}

static int32_t BATON_CALL task_drop(const baton_waker *self) {
  baton_task_release(task_of(self));
  return BATON_OK;
}

static int32_t BATON_CALL task_wake(const baton_waker *self) {
  task_wake_by_ref(self);
  return task_drop(self);
}

static const baton_waker_methods task_methods = {sizeof(baton_waker_methods),
                                                 0,
                                                 task_clone,
                                                 task_wake,
                                                 task_wake_by_ref,
                                                 task_drop};

static void finish_task(baton_task *task, int32_t status, baton_value *result) {
  baton_store(&task->place, DONE);
  baton_poll_drop(&task->poll);
  if (task->on_done) task->on_done(task->arg, status, result);
  baton_drop(result);
}

static void step_task(baton_task *task) {
  baton_context cx = baton_detached_context();
  baton_value out = baton_none();
  uint32_t place = STEPPING;
  int32_t status;
  cx.accepts = BATON_ACCEPT_PENDING | BATON_ACCEPT_YIELD;
  cx.waker = &task->waker;
  baton_exchange(&task->place, STEPPING); /* sees what the waker wrote */
  if (baton_load(&task->cancelling) == 2) {
    baton_poll_throw(&task->poll, baton_take(&task->cancel));
    baton_store(&task->cancelling, 0);
  }
  status = baton_poll_step(&task->poll, &cx, 0, &out);
  if (status != BATON_PENDING) {
    finish_task(task, status, &out);
  } else if (!baton_swap_if(&task->place, &place, IDLE)) {
    baton_exchange(&task->place, QUEUED);
    baton_add(&task->count, 1);
    task->executor->post(task->executor, &task->work);
  }
}

static void BATON_CALL run_task(baton_work *work) {
  baton_task *task = (void *)((char *)work - offsetof(struct baton_task, work));
  step_task(task);
  baton_task_release(task);
}

int32_t baton_start(baton_value *awaitable, baton_executor *executor,
                    baton_done on_done, void *arg, baton_task **task) {
  baton_task *made;
  if (task) *task = NULL;
  if (!awaitable || !executor || executor->struct_size < sizeof *executor ||
      !executor->post)
    return BATON_INVALID_ARGUMENT;
  made = baton_allocate(sizeof *made);
  if (!made) return BATON_NO_MEMORY;
  made->waker.methods = &task_methods;
  made->work.next = NULL;
  made->work.run = run_task;
  made->count = task ? 2 : 1;
  made->place = QUEUED;
  made->cancelling = 0;
  made->cancel = baton_none();
  made->executor = executor;
  made->on_done = on_done;
  made->arg = arg;
  baton_poll_init(&made->poll, awaitable);
  if (task) *task = made;
  executor->post(executor, &made->work);
  return BATON_OK;
}

int32_t baton_task_cancel(baton_task *task, baton_value *error) {
  uint32_t free_place = 0;
  if (!task) return BATON_INVALID_ARGUMENT;
  if (baton_load(&task->place) == DONE) return BATON_INVALID_STATE;
  if (!baton_swap_if(&task->cancelling, &free_place, 1)) return BATON_OK;
  task->cancel = error && !baton_is_none(error)
                     ? baton_take(error)
                     : baton_from_kind(BATON_ERROR_CANCELLED);
  baton_store(&task->cancelling, 2);
  return task_wake_by_ref(&task->waker);
}
