/* SPDX-License-Identifier: MIT */
#include "poll.h"

#include "drive.h"
#include "object.h"

void baton_poll_init(baton_poll *poll, baton_value *awaitable) {
  poll->awaitable = baton_take(awaitable);
  poll->handle = poll->token = poll->next = baton_none();
  poll->waker = NULL;
  poll->op = BATON_OP_SEND;
}

static void unsubscribe(baton_poll *poll) {
  const baton_wait *wait = baton_find(&poll->token, BATON_EXT_WAIT);
  if (wait && poll->waker) wait->unsubscribe(&poll->token, poll->waker);
  poll->waker = NULL;
  baton_drop(&poll->token);
}

void baton_poll_drop(baton_poll *poll) {
  unsubscribe(poll);
  baton_drop(&poll->next);
  baton_drop(&poll->handle);
  baton_drop(&poll->awaitable);
}

void baton_poll_throw(baton_poll *poll, baton_value error) {
  baton_drop(&poll->next);
  poll->next = error;
  poll->op = BATON_OP_THROW;
}

int32_t baton_poll_close(baton_poll *poll, baton_value *out) {
  int32_t status = BATON_RETURN;
  const baton_value *target =
      baton_is_none(&poll->handle) ? &poll->awaitable : &poll->handle;
  unsubscribe(poll);
  if (baton_is_object(target) && target->head.type->as_coroutine)
    status = baton_close(target, out);
  if (baton_is_refusal(status)) {
    *out = baton_error_from_refusal(status, target);
    status = BATON_ERROR;
  }
  baton_poll_drop(poll);
  return status;
}

/* Gets the handle. @return BATON_OK, or BATON_ERROR with the error. */
static int32_t resolve_handle(baton_poll *poll, baton_context *cx,
                              baton_value *out) {
  int32_t status = baton_await_handle(&poll->awaitable, cx, &poll->handle);
  if (status == BATON_OK) {
    baton_drop(&poll->awaitable);
    return BATON_OK;
  }
  *out = baton_take(&poll->handle);
  if (status != BATON_ERROR) {
    baton_drop(out);
    *out = baton_error_from_refusal(status, &poll->awaitable);
  }
  return BATON_ERROR;
}

static int32_t call(baton_poll *poll, baton_context *cx, baton_value *in,
                    baton_value *out) {
  const baton_coroutine_methods *methods = poll->handle.head.type->as_coroutine;
  uint32_t op = poll->op;
  poll->op = BATON_OP_SEND;
  if (op == BATON_OP_SEND) return methods->send(&poll->handle, cx, in, out);
  if (op == BATON_OP_THROW) return methods->throw_(&poll->handle, cx, in, out);
  return methods->close(&poll->handle, cx, out);
}

/* @return PENDING, YIELD, or BATON_OK if an error is to be thrown back. */
static int32_t take_token(baton_poll *poll, baton_context *cx, int forward,
                          baton_value *out) {
  const baton_wait *wait = baton_find(out, BATON_EXT_WAIT);
  baton_value error;
  int32_t status;
  if (!wait && forward) return BATON_YIELD;
  if (baton_is_none(out)) { /* "run me again soon" */
    cx->waker->methods->wake_by_ref(cx->waker);
    return BATON_PENDING;
  }
  if (!wait) {
    error = baton_error_new(BATON_ERROR_RUNTIME, "bad yield: %s",
                            baton_type_name(out));
  } else {
    status = wait->subscribe(out, cx->waker);
    if (status == BATON_OK) {
      poll->token = baton_take(out);
      poll->waker = cx->waker;
      return BATON_PENDING;
    }
    error = baton_error_from_refusal(status, out);
  }
  baton_drop(out);
  baton_poll_throw(poll, error);
  return BATON_OK;
}

int32_t baton_poll_step(baton_poll *poll, baton_context *cx, int forward,
                        baton_value *out) {
  unsubscribe(poll);
  if (baton_is_none(&poll->handle) && resolve_handle(poll, cx, out) != BATON_OK)
    return BATON_ERROR;
  for (;;) {
    baton_value in = baton_take(&poll->next);
    int32_t status = call(poll, cx, &in, out);
    baton_drop(&in);
    switch (status) {
      case BATON_ERROR:
        baton_require_error(baton_type_name(&poll->handle), out);
        return status;
      case BATON_RETURN:
      case BATON_PENDING:
        return status;
      case BATON_YIELD:
        status = take_token(poll, cx, forward, out);
        if (status != BATON_OK) return status;
        break;
      default:
        baton_drop(out);
        *out = baton_is_refusal(status)
                   ? baton_error_from_refusal(status, &poll->handle)
                   : baton_break_off(status, &poll->handle);
        return BATON_ERROR;
    }
  }
}

int32_t baton_close(const baton_value *self, baton_value *out) {
  baton_context cx = baton_detached_context();
  int32_t status;
  if (!self || !out || !baton_is_object(self) || !self->head.type->as_coroutine)
    return BATON_INVALID_ARGUMENT;
  status = self->head.type->as_coroutine->close(self, &cx, out);
  if (status == BATON_RETURN) return status;
  if (status == BATON_ERROR) {
    baton_require_error(baton_type_name(self), out);
    return status;
  }
  baton_drop(out);
  if (baton_is_refusal(status)) return status;
  *out = status == BATON_YIELD || status == BATON_PENDING
             ? baton_error_new(BATON_ERROR_RUNTIME,
                               "coroutine ignored GeneratorExit")
             : baton_error_from_status(status, self);
  return BATON_ERROR;
}
