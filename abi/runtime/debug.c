/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "atomic.h"
#include "memory.h"
#include "object.h"

/* Released proxies that are kept, to recognise a late call. */
#define QUARANTINE 64

typedef struct proxy {
  uint32_t count;
  uint32_t released;
  uint32_t inside; /* calls under way */
  uint32_t ended;
  uint32_t turn;    /* which of the contexts is used next */
  const char *name; /* of the target's type: outlives it */
  baton_value target;
  baton_violation report;
  void *arg;
} proxy;

static const baton_type proxy_type;
static proxy *quarantine[QUARANTINE];
static uint32_t quarantined;

static proxy *proxy_of(const baton_value *self) { return self->payload.object; }

static void complain(const proxy *debug, const char *slot, const char *rule) {
  char sentence[256];
  snprintf(sentence, sizeof sentence, "%s.%s: %s", debug->name, slot, rule);
  if (debug->report) {
    debug->report(debug->arg, sentence);
    return;
  }
  fprintf(stderr, "baton: %s\n", sentence);
  abort();
}

/* ---- One call --------------------------------------------------------- */

struct call {
  proxy *debug;
  const char *slot;
  baton_value given;    /* a copy of `*in`, to compare */
  uint32_t state;       /* of the target before, or UINT32_MAX */
  baton_context *cx;    /* the caller's */
  baton_context *shown; /* what the target sees */
  baton_context contexts[2];
};

static uint32_t state_of(const baton_value *target) {
  const baton_introspect *table = baton_find(target, BATON_EXT_INTROSPECT);
  uint32_t state = UINT32_MAX;
  if (table) table->state(target, &state);
  return state;
}

/* Checks the caller. @return whether the target may be called. */
static int before(struct call *call, const baton_value *self, const char *slot,
                  baton_context *cx, const baton_value *in,
                  const baton_value *out) {
  proxy *debug = proxy_of(self);
  call->debug = debug;
  call->slot = slot;
  call->given = in ? *in : baton_none();
  call->cx = cx;
  if (!cx || !out || (!in && strcmp(slot, "close") != 0)) {
    complain(debug, slot, "a null argument (COR-20)");
    return 0;
  }
  if (debug->released) {
    complain(debug, slot, "called after its last release (OWN-6)");
    return 0;
  }
  if (!baton_is_none(out)) complain(debug, slot, "out is not none (OWN-1)");
  if (cx->struct_size < sizeof *cx)
    complain(debug, slot, "the context's struct_size is short (VER-1)");
  if ((cx->accepts & BATON_ACCEPT_PENDING) && !cx->waker)
    complain(debug, slot, "PENDING is accepted without a waker (CTX-5)");
  call->state = state_of(&debug->target);
  if (baton_add(&debug->inside, 1) > 1 && call->state != BATON_RUNNING &&
      call->state != UINT32_MAX)
    complain(debug, slot, "two drivers at a time (THR-1)");
  call->shown = &call->contexts[debug->turn++ & 1];
  *call->shown = *cx;
  return 1;
}

static void check_result(const struct call *call, int32_t status,
                         const baton_value *out) {
  const proxy *debug = call->debug;
  int suspended = status == BATON_YIELD || status == BATON_PENDING;
  if (status == BATON_AWAIT || status == BATON_ITEM)
    complain(debug, call->slot, "AWAIT or ITEM at the chain level (COR-1)");
  else if (!suspended && status != BATON_RETURN && status != BATON_ERROR)
    complain(debug, call->slot, "unknown status (COR-13)");
  if (status == BATON_ERROR && !baton_is_error(out))
    complain(debug, call->slot, "ERROR with no error in out (ERR-1)");
  if (status == BATON_PENDING && !baton_is_none(out))
    complain(debug, call->slot, "PENDING with a value in out (OWN-1)");
  if (suspended && strcmp(call->slot, "close") == 0 &&
      !(call->cx->accepts &
        (status == BATON_YIELD ? BATON_ACCEPT_YIELD : BATON_ACCEPT_PENDING)))
    complain(debug, call->slot,
             "close gave a suspension that is not accepted (COR-10)");
}

static void check_refusal(const struct call *call, const baton_value *in,
                          const baton_value *out) {
  const proxy *debug = call->debug;
  uint32_t state = state_of(&debug->target);
  if (!baton_is_none(out))
    complain(debug, call->slot, "a refusal with a value in out (OWN-4)");
  if (in && (in->head.tag != call->given.head.tag ||
             in->payload.u64 != call->given.payload.u64))
    complain(debug, call->slot, "a refusal took in (OWN-4)");
  if (state != call->state && state != UINT32_MAX)
    complain(debug, call->slot, "a refusal changed the state (COR-12)");
}

static int32_t after(struct call *call, int32_t status, const baton_value *in,
                     const baton_value *out) {
  proxy *debug = call->debug;
  baton_subtract(&debug->inside, 1);
  call->cx->handled = call->shown->handled;
  memset(call->contexts, 0xa5, sizeof call->contexts);
  if (baton_is_refusal(status)) {
    check_refusal(call, in, out);
    return status;
  }
  check_result(call, status, out);
  if (debug->ended && strcmp(call->slot, "close") != 0 &&
      (status == BATON_YIELD || status == BATON_PENDING))
    complain(debug, call->slot, "runs again after its end (COR-3)");
  if (status == BATON_RETURN || status == BATON_ERROR)
    debug->ended = state_of(&debug->target) == BATON_CLOSED;
  return status;
}

/* ---- The slots -------------------------------------------------------- */

static int32_t BATON_CALL proxy_send(const baton_value *self, baton_context *cx,
                                     baton_value *in, baton_value *out) {
  struct call call;
  if (!before(&call, self, "send", cx, in, out)) return BATON_INVALID_ARGUMENT;
  const baton_value *target = &call.debug->target;
  int32_t status =
      target->head.type->as_coroutine->send(target, call.shown, in, out);
  return after(&call, status, in, out);
}

static int32_t BATON_CALL proxy_throw(const baton_value *self,
                                      baton_context *cx, baton_value *error,
                                      baton_value *out) {
  struct call call;
  if (!before(&call, self, "throw_", cx, error, out))
    return BATON_INVALID_ARGUMENT;
  if (!baton_is_error(error))
    complain(call.debug, "throw_", "what is thrown is no error (ERR-1)");
  const baton_value *target = &call.debug->target;
  int32_t status =
      target->head.type->as_coroutine->throw_(target, call.shown, error, out);
  return after(&call, status, error, out);
}

static int32_t BATON_CALL proxy_close(const baton_value *self,
                                      baton_context *cx, baton_value *out) {
  struct call call;
  if (!before(&call, self, "close", cx, NULL, out))
    return BATON_INVALID_ARGUMENT;
  const baton_value *target = &call.debug->target;
  int32_t status =
      target->head.type->as_coroutine->close(target, call.shown, out);
  return after(&call, status, NULL, out);
}

static int32_t BATON_CALL proxy_retain(const baton_value *self) {
  proxy *debug = proxy_of(self);
  if (debug->released)
    complain(debug, "retain", "called after its last release (OWN-6)");
  else
    baton_add(&debug->count, 1);
  return BATON_OK;
}

static int32_t BATON_CALL proxy_release(const baton_value *self) {
  proxy *debug = proxy_of(self);
  if (debug->released) {
    complain(debug, "release", "released once too often (OWN-6)");
    return BATON_OK;
  }
  if (!baton_count_drop(&debug->count)) return BATON_OK;
  baton_drop(&debug->target);
  debug->released = 1;
  proxy **place = &quarantine[(baton_add(&quarantined, 1) - 1) % QUARANTINE];
  proxy *oldest = baton_exchange(place, debug);
  if (oldest) baton_free(oldest, sizeof *oldest);
  return BATON_OK;
}

void baton_debug_flush(void) {
  for (int i = 0; i < QUARANTINE; i++) {
    proxy *oldest = baton_exchange(&quarantine[i], NULL);
    if (oldest) baton_free(oldest, sizeof *oldest);
  }
}

static int32_t BATON_CALL proxy_traverse(const baton_value *self,
                                         baton_visit visit, void *arg) {
  return visit(&proxy_of(self)->target, arg);
}

static int32_t BATON_CALL proxy_await(const baton_value *self,
                                      baton_context *cx, baton_value *out) {
  (void)cx;
  if (proxy_of(self)->released)
    complain(proxy_of(self), "am_await",
             "called after its last release (OWN-6)");
  *out = *self;
  return BATON_LENT;
}

static const baton_async_methods proxy_async = {sizeof(baton_async_methods), 0,
                                                proxy_await, NULL, NULL};
static const baton_coroutine_methods proxy_coroutine = {
    sizeof(baton_coroutine_methods), 0, proxy_send, proxy_throw, proxy_close};

static const baton_type proxy_type = {
    BATON_TYPE_HEAD("debug proxy"), .retain = proxy_retain,
    .release = proxy_release,       .traverse = proxy_traverse,
    .as_async = &proxy_async,       .as_coroutine = &proxy_coroutine};

int32_t baton_debug_wrap(baton_value *handle, baton_violation report, void *arg,
                         baton_value *out) {
  proxy *made;
  if (!handle || !out || !baton_is_object(handle) ||
      baton_type_check(handle->head.type, NULL) != BATON_OK ||
      !handle->head.type->as_coroutine)
    return BATON_INVALID_ARGUMENT;
  made = baton_allocate(sizeof *made);
  if (!made) return BATON_NO_MEMORY;
  memset(made, 0, sizeof *made);
  made->count = 1;
  made->name = handle->head.type->name;
  made->target = baton_take(handle);
  made->report = report;
  made->arg = arg;
  *out = baton_from_object(&proxy_type, made);
  return BATON_OK;
}
