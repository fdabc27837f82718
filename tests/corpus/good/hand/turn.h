/* SPDX-License-Identifier: MIT */

/** @file
 * What asend, athrow and aclose give: the tables of spec/states.md. CPython's
 * Objects/genobject.c is the model, its order of checks too.
 */

/* ---- Its ends ----------------------------------------------------------- */

static int32_t hand_turn_fail(hand_turn *turn, baton_value error,
                              baton_value *out) {
  turn->life = HAND_LIFE_CLOSED;
  baton_drop(&turn->value);
  *out = error;
  return BATON_ERROR;
}

static int32_t hand_turn_reused(hand_turn *turn, baton_value *out) {
  return hand_turn_fail(
      turn,
      hand_error_say(BATON_ERROR_RUNTIME, "cannot reuse already awaited %s",
                     turn->mode == HAND_MODE_ASEND ? "__anext__()/asend()"
                                                   : "aclose()/athrow()"),
      out);
}

/* One at a time drives the generator. @return whether this one may. */
HAND_LOCAL int hand_turn_claim(const hand_turn *turn) {
  return !atomic_exchange(&hand_of(&turn->generator)->claimed, 1);
}

static int32_t hand_turn_running(hand_turn *turn, baton_value *out) {
  static const char *const names[] = {"anext", "athrow", "aclose"};
  return hand_turn_fail(
      turn,
      hand_error_say(BATON_ERROR_RUNTIME,
                     "%s(): asynchronous generator is already running",
                     names[turn->mode]),
      out);
}

static void hand_turn_leave(hand_turn *turn) {
  turn->life = HAND_LIFE_CLOSED;
  baton_drop(&turn->value);
  atomic_store(&hand_of(&turn->generator)->claimed, 0);
}

/* The generator has ended with an error: that of a close, or of aclose, is
 * none if it says just that. */
static int32_t hand_turn_end_error(hand_turn *turn, baton_value *out) {
  uint32_t kind = baton_error_kind(out);
  hand_turn_leave(turn);
  if (kind != BATON_ERROR_GENERATOR_EXIT &&
      kind != BATON_ERROR_STOP_ASYNC_ITERATION)
    return BATON_ERROR;
  atomic_store(&hand_of(&turn->generator)->retired, 1);
  if (turn->mode != HAND_MODE_ACLOSE && !turn->exiting) return BATON_ERROR;
  baton_drop(out);
  return BATON_RETURN;
}

static int32_t hand_turn_end_item(hand_turn *turn, baton_value *out) {
  hand_turn_leave(turn);
  if (turn->mode != HAND_MODE_ACLOSE && !turn->exiting) return BATON_RETURN;
  baton_drop(out);
  if (turn->mode != HAND_MODE_ACLOSE) return BATON_RETURN;
  *out = hand_error_say(BATON_ERROR_RUNTIME,
                        "async generator ignored GeneratorExit");
  return BATON_ERROR;
}

/* What a call makes of what the generator gives. */
HAND_LOCAL int32_t hand_turn_end(hand_turn *turn, int32_t status,
                                 baton_value *out) {
  uint32_t state = atomic_load(&hand_of(&turn->generator)->state);
  if (status == BATON_ITEM) return hand_turn_end_item(turn, out);
  if (status == BATON_RETURN) {
    baton_drop(out);
    *out = baton_from_kind(BATON_ERROR_STOP_ASYNC_ITERATION);
    return hand_turn_end_error(turn, out);
  }
  if (status != BATON_ERROR) return status;
  if (state != BATON_SUSPENDED) return hand_turn_end_error(turn, out);
  turn->exiting = 0; /* a close was ignored: both are as they were */
  return status;
}

/* ---- Its beginning ------------------------------------------------------ */

static int32_t hand_turn_begin_throw(hand_turn *turn, baton_context *cx,
                                     baton_value *error, baton_value *out) {
  if (!HAND_TURN_CLAIM(turn)) return hand_turn_running(turn, out);
  turn->life = HAND_LIFE_ITER;
  return HAND_TURN_END(turn, HAND_DRIVE_THROW(&turn->generator, cx, error, out),
                       out);
}

HAND_LOCAL int32_t hand_turn_begin_asend(hand_turn *turn, baton_context *cx,
                                         baton_value *in, baton_value *out) {
  if (!HAND_TURN_CLAIM(turn)) return hand_turn_running(turn, out);
  baton_value value = baton_take(baton_is_none(in) ? &turn->value : in);
  turn->life = HAND_LIFE_ITER;
  int32_t status = HAND_DRIVE_SEND(&turn->generator, cx, &value, out);
  baton_drop(&value);
  return HAND_TURN_END(turn, status, out);
}

HAND_LOCAL int32_t hand_turn_begin_athrow(hand_turn *turn, baton_context *cx,
                                          const baton_value *in,
                                          baton_value *out) {
  hand *generator = hand_of(&turn->generator);
  if (!HAND_TURN_CLAIM(turn)) return hand_turn_running(turn, out);
  if (atomic_load(&generator->state) == BATON_CLOSED) {
    hand_turn_leave(turn);
    return BATON_RETURN;
  }
  if (atomic_load(&generator->retired)) {
    hand_turn_leave(turn);
    *out = baton_from_kind(BATON_ERROR_STOP_ASYNC_ITERATION);
    return BATON_ERROR;
  }
  if (!baton_is_none(in)) { /* and it has not begun */
    atomic_store(&generator->claimed, 0);
    *out =
        hand_error_say(BATON_ERROR_RUNTIME,
                       "can't send non-None value to a just-started coroutine");
    return BATON_ERROR;
  }
  baton_value error = turn->mode == HAND_MODE_ATHROW
                          ? baton_take(&turn->value)
                          : baton_from_kind(BATON_ERROR_GENERATOR_EXIT);
  if (turn->mode == HAND_MODE_ACLOSE) atomic_store(&generator->retired, 1);
  turn->life = HAND_LIFE_ITER;
  int32_t status = HAND_DRIVE_THROW(&turn->generator, cx, &error, out);
  baton_drop(&error);
  return HAND_TURN_END(turn, status, out);
}

/* ---- Its slots ---------------------------------------------------------- */

static int32_t hand_turn_resume(hand_turn *turn, baton_context *cx,
                                baton_value *in, baton_value *out) {
  if (turn->life == HAND_LIFE_CLOSED) return hand_turn_reused(turn, out);
  if (turn->life == HAND_LIFE_ITER)
    return HAND_TURN_END(turn, HAND_DRIVE_SEND(&turn->generator, cx, in, out),
                         out);
  return turn->mode == HAND_MODE_ASEND
             ? HAND_TURN_BEGIN_ASEND(turn, cx, in, out)
             : HAND_TURN_BEGIN_ATHROW(turn, cx, in, out);
}

HAND_LOCAL int32_t BATON_CALL hand_turn_send(const baton_value *self,
                                             baton_context *cx, baton_value *in,
                                             baton_value *out) {
  if (!self || !cx || !in || !out) return BATON_INVALID_ARGUMENT;
  hand_turn *turn = hand_turn_of(self);
  if (atomic_exchange(&turn->busy, 1)) return BATON_BUSY;
  int32_t status = hand_turn_resume(turn, cx, in, out);
  atomic_store(&turn->busy, 0);
  return status;
}

static int32_t hand_turn_raise(hand_turn *turn, baton_context *cx,
                               baton_value *error, baton_value *out) {
  if (turn->life == HAND_LIFE_CLOSED) return hand_turn_reused(turn, out);
  if (turn->life == HAND_LIFE_INIT)
    return hand_turn_begin_throw(turn, cx, error, out);
  return HAND_TURN_END(turn, HAND_DRIVE_THROW(&turn->generator, cx, error, out),
                       out);
}

HAND_LOCAL int32_t BATON_CALL hand_turn_throw(const baton_value *self,
                                              baton_context *cx,
                                              baton_value *error,
                                              baton_value *out) {
  if (!self || !cx || !error || !out) return BATON_INVALID_ARGUMENT;
  if (!hand_is_error(error)) return BATON_INVALID_ARGUMENT;
  hand_turn *turn = hand_turn_of(self);
  if (atomic_exchange(&turn->busy, 1)) return BATON_BUSY;
  int32_t status = hand_turn_raise(turn, cx, error, out);
  atomic_store(&turn->busy, 0);
  return status;
}

/* It and its generator are closed as one. */
static int32_t hand_turn_unwind(hand_turn *turn, baton_context *cx,
                                baton_value *out) {
  if (turn->life == HAND_LIFE_CLOSED) return BATON_RETURN;
  if (turn->life == HAND_LIFE_INIT && !HAND_TURN_CLAIM(turn))
    return hand_turn_running(turn, out);
  turn->life = HAND_LIFE_ITER;
  turn->exiting = 1;
  return HAND_TURN_END(turn, HAND_DRIVE_CLOSE(&turn->generator, cx, out), out);
}

HAND_LOCAL int32_t BATON_CALL hand_turn_close(const baton_value *self,
                                              baton_context *cx,
                                              baton_value *out) {
  if (!self || !cx || !out) return BATON_INVALID_ARGUMENT;
  hand_turn *turn = hand_turn_of(self);
  if (atomic_exchange(&turn->busy, 1)) return BATON_BUSY;
  int32_t status = hand_turn_unwind(turn, cx, out);
  atomic_store(&turn->busy, 0);
  return status;
}

HAND_LOCAL int32_t BATON_CALL hand_turn_retain(const baton_value *self) {
  atomic_fetch_add(&hand_turn_of(self)->references, 1);
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_turn_release(const baton_value *self) {
  hand_turn *turn = hand_turn_of(self);
  if (atomic_fetch_sub(&turn->references, 1) != 1) return BATON_OK;
  if (turn->life == HAND_LIFE_INIT) HAND_REPORT_UNAWAITED(&turn->generator);
  baton_drop(&turn->value);
  baton_drop(&turn->generator);
  HAND_FREE(turn);
  return BATON_OK;
}

HAND_LOCAL int32_t BATON_CALL hand_turn_traverse(const baton_value *self,
                                                 baton_visit visit, void *arg) {
  const hand_turn *turn = hand_turn_of(self);
  int32_t status = visit(&turn->generator, arg);
  if (!status && baton_is_object(&turn->value))
    status = visit(&turn->value, arg);
  return status;
}

static const baton_coroutine_methods hand_turn_as_coroutine = {
    .struct_size = sizeof(baton_coroutine_methods),
    .send = HAND_TURN_SEND,
    .throw_ = HAND_TURN_THROW,
    .close = HAND_TURN_CLOSE};

static const baton_async_methods hand_turn_as_async = {
    .struct_size = sizeof(baton_async_methods), .am_await = HAND_AM_AWAIT};

static const baton_type hand_turn_type = {
    .struct_size = sizeof(baton_type),
    .abi_major = BATON_ABI_MAJOR,
    .abi_minor = BATON_ABI_MINOR,
    .magic = BATON_TYPE_MAGIC,
    .name = "hand.turn",
    .retain = HAND_TURN_RETAIN,
    .release = HAND_TURN_RELEASE,
    .provider = &HAND_PROVIDER,
    .traverse = HAND_TURN_TRAVERSE,
    .as_async = &hand_turn_as_async,
    .as_coroutine = &hand_turn_as_coroutine};
