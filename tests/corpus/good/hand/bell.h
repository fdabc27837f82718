/* SPDX-License-Identifier: MIT */

/** @file
 * kit.run: an outermost driver, and its waker.
 */

/* ---- The waker ---------------------------------------------------------- */

static hand_bell *hand_bell_of(const baton_waker *self) {
  return (hand_bell *)(uintptr_t)self;
}

HAND_LOCAL int32_t BATON_CALL hand_bell_clone(const baton_waker *self,
                                              const baton_waker **out) {
  atomic_fetch_add(&hand_bell_of(self)->references, 1);
  *out = self;
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_bell_drop(const baton_waker *self) {
  hand_bell *bell = hand_bell_of(self);
  if (atomic_fetch_sub(&bell->references, 1) != 1) return BATON_OK;
  pthread_cond_destroy(&bell->rung);
  pthread_mutex_destroy(&bell->lock);
  HAND_FREE(bell);
  return BATON_OK;
}

/* No body runs under its lock (WAK-3). */
HAND_LOCAL int32_t BATON_CALL hand_bell_wake_by_ref(const baton_waker *self) {
  hand_bell *bell = hand_bell_of(self);
  pthread_mutex_lock(&bell->lock);
  bell->wakes++;
  pthread_cond_signal(&bell->rung);
  pthread_mutex_unlock(&bell->lock);
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_bell_wake(const baton_waker *self) {
  HAND_BELL_WAKE_BY_REF(self);
  return HAND_BELL_DROP(self);
}

static hand_bell *hand_bell_new(void) {
  static const baton_waker_methods methods = {
      .struct_size = sizeof methods,
      .clone = HAND_BELL_CLONE,
      .wake = HAND_BELL_WAKE,
      .wake_by_ref = HAND_BELL_WAKE_BY_REF,
      .drop = HAND_BELL_DROP};
  hand_bell *made = HAND_ALLOCATE(sizeof *made);
  if (!made) return NULL;
  made->waker.methods = &methods;
  atomic_init(&made->references, 1);
  pthread_mutex_init(&made->lock, NULL);
  pthread_cond_init(&made->rung, NULL);
  return made;
}

/* Waits for a wake since the last time. */
HAND_LOCAL void hand_bell_wait(hand_bell *bell) {
  pthread_mutex_lock(&bell->lock);
  while (!bell->wakes) pthread_cond_wait(&bell->rung, &bell->lock);
  bell->wakes = 0;
  pthread_mutex_unlock(&bell->lock);
}

/* ---- The driver --------------------------------------------------------- */

/* Waits for a token that says how, otherwise refuses it (WAK-10).
 * @return the next operation, with the error in `*in`. */
HAND_LOCAL uint32_t hand_run_yielded(hand_bell *bell, baton_value *token,
                                     baton_value *in) {
  const baton_wait *wait = hand_find(token, BATON_EXT_WAIT, sizeof(baton_wait));
  int32_t status = wait ? wait->subscribe(token, &bell->waker) : BATON_OK;
  if (wait && status == BATON_OK) {
    HAND_BELL_WAIT(bell);
    wait->unsubscribe(token, &bell->waker);
  } else if (wait) {
    HAND_FAILURE(status, token, in);
  } else {
    *in = hand_error_say(BATON_ERROR_RUNTIME, "bad yield: %s",
                         hand_name_of(token));
  }
  baton_drop(token);
  return baton_is_none(in) ? BATON_OP_SEND : BATON_OP_THROW;
}

/* @return BATON_RETURN or BATON_ERROR, with the value in `*in`. */
static int32_t hand_run_child(hand_child *child, hand_bell *bell,
                              baton_context *cx, baton_value *in,
                              baton_value *out) {
  uint32_t op = BATON_OP_SEND;
  for (;;) {
    int32_t status = HAND_CALL_CHILD(child, cx, op, in, out);
    if (!hand_is_suspension(status))
      return HAND_SETTLE(child, op, status, in, out);
    baton_drop(in);
    op = BATON_OP_SEND;
    if (status == BATON_PENDING)
      HAND_BELL_WAIT(bell);
    else
      op = HAND_RUN_YIELDED(bell, out, in);
  }
}

/* Drives what `*awaitable`, taken, awaits to its end, on this thread.
 * @return BATON_RETURN or BATON_ERROR, NO_MEMORY. */
static int32_t hand_run_to_end(baton_value *awaitable, baton_value *out) {
  hand_bell *bell = hand_bell_new();
  hand_child child = {baton_none(), baton_none()};
  baton_context cx = hand_detached_context();
  baton_value in = baton_none();
  int32_t status = BATON_NO_MEMORY;
  if (!bell) return status;
  cx.accepts = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING;
  cx.waker = &bell->waker;
  status = HAND_ATTACH(&child, &cx, awaitable, out);
  if (status == BATON_OK) {
    status = hand_run_child(&child, bell, &cx, &in, out);
    *out = baton_take(&in);
  }
  HAND_BELL_DROP(&bell->waker);
  return status;
}

/* kit.run(x): await x here and now. The argument is taken only if that did not
 * fail (PRV-3), so it is driven by a reference of our own. */
HAND_LOCAL int32_t BATON_CALL hand_create_run(const baton_export *self,
                                              baton_context *cx,
                                              baton_value *arguments,
                                              uint64_t count,
                                              baton_value *out) {
  baton_value awaitable;
  (void)self, (void)cx;
  if (count != 1) return BATON_INVALID_ARGUMENT;
  if (baton_is_object(arguments) && HAND_CHECK(arguments->head.type))
    return BATON_INVALID_ARGUMENT;
  int32_t status = baton_copy(arguments, &awaitable);
  if (status != BATON_OK) return status;
  status = hand_run_to_end(&awaitable, out);
  baton_drop(&awaitable);
  if (status == BATON_RETURN) baton_drop(arguments);
  return status;
}
