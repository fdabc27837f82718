/* SPDX-License-Identifier: MIT */

/** @file
 * Driving a body and what it awaits: send, throw and close, with the states
 * of spec/states.md. The steps of a close are those of spec/driver.md.
 */

static const char *hand_noun(const hand *own) {
  static const char *const nouns[] = {"coroutine", "generator",
                                      "async generator"};
  return nouns[own->body->kind];
}

/* Whose name stands in the error of a close that is ignored: an awaitable that
 * drives its generator counts as a coroutine. */
static const char *hand_exit_noun(hand *own) {
  return own->closing || atomic_load(&own->claimed) ? "coroutine"
                                                    : hand_noun(own);
}

/* Drops what the body's frame holds. */
HAND_LOCAL void hand_let_go(hand *own) {
  HAND_DETACH(&own->child);
  HAND_NAP_DROP(own);
  baton_drop(&own->x);
  baton_drop(&own->y);
  baton_drop(&own->v);
  for (uint64_t i = 0; i < own->count; i++) baton_drop(&own->items[i]);
}

/* Makes it RUNNING if it can be driven, against whoever else tries.
 * @return the state that it was in; RUNNING and CLOSED stay. */
HAND_LOCAL uint32_t hand_enter(hand *own) {
  uint32_t state = atomic_load(&own->state);
  while (state != BATON_RUNNING && state != BATON_CLOSED &&
         !atomic_compare_exchange_weak(&own->state, &state, BATON_RUNNING)) {
  }
  return state;
}

static void hand_end(hand *own) {
  own->closing = own->exiting = 0;
  HAND_LET_GO(own);
  atomic_store(&own->state, BATON_CLOSED);
}

/* ---- The end of a body -------------------------------------------------- */

/* PEP 479 (COR-15). */
HAND_LOCAL void hand_convert(const hand *own, baton_value *error) {
  uint32_t kind = baton_error_kind(error);
  char message[64];
  const char *name = NULL;
  if (kind == BATON_ERROR_STOP_ITERATION)
    name = "StopIteration";
  else if (kind == BATON_ERROR_STOP_ASYNC_ITERATION &&
           own->body->kind == BATON_KIND_ASYNC_GENERATOR)
    name = "StopAsyncIteration";
  if (!name) return;
  snprintf(message, sizeof message, "%s raised %s", hand_noun(own), name);
  *error = hand_error_from(error, message);
}

static void hand_add_frame(const hand *own, const baton_value *error) {
  const baton_frame frame = {"c", own->body->name, "", 0, BATON_FRAME_STATIC};
  if (baton_is_object(error) && error->head.type->as_error->add_frame)
    error->head.type->as_error->add_frame(error, &frame);
}

/* The body has stopped. @return the status of the call; the next state is
 * set. */
static int32_t hand_stop(const baton_value *self, int32_t status,
                         baton_value *out) {
  hand *own = hand_of(self);
  if (status == BATON_ITEM) own->exiting = 0;
  if (status != BATON_RETURN && status != BATON_ERROR) {
    atomic_store(&own->state, BATON_SUSPENDED);
    return status;
  }
  if (status == BATON_ERROR) {
    HAND_FAILURE(status, self, out);
    hand_add_frame(own, out);
    HAND_CONVERT(own, out);
    if (own->exiting && baton_error_kind(out) == BATON_ERROR_GENERATOR_EXIT) {
      baton_drop(out);
      status = BATON_RETURN;
    }
  }
  hand_end(own);
  return status;
}

/* ---- Between a body and its child --------------------------------------- */

/* The body has returned AWAIT. @return the operation for whoever is next. */
static uint32_t hand_delegate(hand *own, baton_context *cx, baton_value *in,
                              baton_value *out) {
  baton_value given = baton_take(out);
  int32_t status = own->body->kind == BATON_KIND_GENERATOR
                       ? HAND_ATTACH_ITERATOR(&own->child, &given, out)
                       : HAND_ATTACH(&own->child, cx, &given, out);
  baton_drop(in);
  *in = baton_take(out);
  return status == BATON_OK ? BATON_OP_SEND : BATON_OP_THROW;
}

/* The child has ended. A body that is being closed gets generator-exit, or
 * the error with which the child failed to close (COR-8). */
HAND_LOCAL uint32_t hand_go_on(hand *own, uint32_t op, int32_t status,
                               baton_value *in, baton_value *out) {
  status = HAND_SETTLE(&own->child, op, status, in, out);
  if (!own->closing)
    return status == BATON_ERROR ? BATON_OP_THROW : BATON_OP_SEND;
  own->closing = 0;
  own->exiting = 1;
  if (status != BATON_ERROR) {
    baton_drop(in);
    *in = baton_from_kind(BATON_ERROR_GENERATOR_EXIT);
  }
  return BATON_OP_THROW;
}

static int hand_is_suspension(int32_t status) {
  return status == BATON_YIELD || status == BATON_PENDING;
}

/* Puts what a close says about a suspension that it does not accept. */
static int32_t hand_ignored(hand *own, baton_value *out) {
  baton_drop(out);
  *out = hand_error_say(BATON_ERROR_RUNTIME, "%s ignored GeneratorExit",
                        hand_exit_noun(own));
  return BATON_ERROR;
}

HAND_LOCAL int hand_may_suspend(const hand *own, const baton_context *cx,
                                int32_t status) {
  uint32_t wanted =
      status == BATON_YIELD ? BATON_ACCEPT_YIELD : BATON_ACCEPT_PENDING;
  return !(own->closing || own->exiting) || (cx->accepts & wanted);
}

/* Runs until the body or its child suspends, or the body ends. */
HAND_LOCAL int32_t hand_run(const baton_value *self, baton_context *cx,
                            uint32_t op, baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  int32_t status;
  for (;;) {
    int delegates = !baton_is_none(&own->child.handle);
    if (delegates)
      status = HAND_CALL_CHILD(&own->child, cx, op, in, out);
    else
      status = own->body->resume(own, cx, op, in, out);
    if (hand_is_suspension(status)) {
      if (HAND_MAY_SUSPEND(own, cx, status)) break;
      status = hand_ignored(own, out);
      if (!own->closing) { /* it stays as it is */
        own->exiting = 0;
        atomic_store(&own->state, BATON_SUSPENDED);
        return status;
      }
    }
    if (delegates)
      op = HAND_GO_ON(own, op, status, in, out);
    else if (status == BATON_AWAIT)
      op = hand_delegate(own, cx, in, out);
    else
      break;
  }
  baton_drop(in);
  return hand_stop(self, status, out);
}

/* ---- The calls ---------------------------------------------------------- */

/* An async generator answers as a generator does. */
static int hand_is_coroutine(const hand *own) {
  return own->body->kind == BATON_KIND_COROUTINE;
}

HAND_LOCAL int32_t hand_drive_send(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  hand *own = hand_of(self);
  if (atomic_load(&own->state) == BATON_CREATED && !baton_is_none(in)) {
    *out = hand_error_say(BATON_ERROR_TYPE,
                          "can't send non-None value to a just-started %s",
                          hand_noun(own));
    return BATON_ERROR;
  }
  switch (HAND_ENTER(own)) {
    case BATON_RUNNING:
      return BATON_BUSY;
    case BATON_CLOSED:
      return hand_is_coroutine(own) ? BATON_INVALID_STATE : BATON_RETURN;
    default:
      return HAND_RUN(self, cx, BATON_OP_SEND, in, out);
  }
}

/* Generator-exit is not thrown at the child: it is closed, at once, and then
 * the body gets it, or the failure of that close (COR-17). */
HAND_LOCAL void hand_close_child(hand *own, baton_context *cx,
                                 baton_value *error, baton_value *out) {
  baton_value in = baton_none();
  uint32_t accepts = cx->accepts, closing = own->closing;
  own->closing = 1;
  cx->accepts = 0;
  int32_t status = HAND_CALL_CHILD(&own->child, cx, HAND_OP_CLOSE, &in, out);
  cx->accepts = accepts;
  if (hand_is_suspension(status)) status = hand_ignored(own, out);
  status = HAND_SETTLE(&own->child, HAND_OP_CLOSE, status, &in, out);
  own->closing = 0;
  own->exiting |= closing; /* it was being closed anyway */
  if (status == BATON_ERROR) {
    baton_drop(error);
    *error = baton_take(&in);
  }
  baton_drop(&in);
}

HAND_LOCAL int32_t hand_drive_throw(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  hand *own = hand_of(self);
  uint32_t state = HAND_ENTER(own);
  if (state == BATON_RUNNING) return BATON_BUSY;
  if (state == BATON_CLOSED && hand_is_coroutine(own))
    return BATON_INVALID_STATE;
  if (state == BATON_CREATED) hand_end(own);
  if (state != BATON_SUSPENDED) {
    *out = baton_take(error); /* the same: nothing ran */
    return BATON_ERROR;
  }
  if (!baton_is_none(&own->child.handle) &&
      baton_error_kind(error) == BATON_ERROR_GENERATOR_EXIT)
    HAND_CLOSE_CHILD(own, cx, error, out);
  return HAND_RUN(self, cx, BATON_OP_THROW, error, out);
}

HAND_LOCAL int32_t hand_drive_close(const baton_value *self, baton_context *cx,
                                    baton_value *out) {
  hand *own = hand_of(self);
  baton_value in = baton_none();
  uint32_t state = HAND_ENTER(own);
  if (state == BATON_RUNNING) return BATON_BUSY;
  if (state == BATON_CREATED) hand_end(own);
  if (state != BATON_SUSPENDED) return BATON_RETURN;
  if (!baton_is_none(&own->child.handle)) { /* the innermost first */
    own->closing = 1;
    return HAND_RUN(self, cx, HAND_OP_CLOSE, &in, out);
  }
  own->exiting = 1;
  in = baton_from_kind(BATON_ERROR_GENERATOR_EXIT);
  return HAND_RUN(self, cx, BATON_OP_THROW, &in, out);
}
