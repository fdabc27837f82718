/* SPDX-License-Identifier: MIT */

/** @file
 * The bodies of async generators, and the one that iterates them.
 */

/* kit.items(v...): for v in arguments: yield v */
HAND_LOCAL int32_t hand_items(hand *self, baton_context *cx, uint32_t op,
                              baton_value *in, baton_value *out) {
  (void)cx;
  if (op == BATON_OP_THROW) return hand_raise_in(in, out);
  if (self->next == self->count) return BATON_RETURN;
  *out = baton_take(&self->items[self->next++]);
  return BATON_ITEM;
}

/* kit.mirror(v): while v is not none: v = yield v */
HAND_LOCAL int32_t hand_mirror(hand *self, baton_context *cx, uint32_t op,
                               baton_value *in, baton_value *out) {
  (void)cx;
  if (op == BATON_OP_THROW) return hand_raise_in(in, out);
  *out = baton_take(self->label++ == 0 ? &self->v : in);
  return baton_is_none(out) ? BATON_RETURN : BATON_ITEM;
}

/* kit.tidy(v, y): try: yield v;  yield v  finally: await y */
HAND_LOCAL int32_t hand_tidy(hand *self, baton_context *cx, uint32_t op,
                             baton_value *in, baton_value *out) {
  (void)cx;
  if (self->label == 3) {
    int32_t status = hand_finally_end(self, op, in, out);
    if (status == BATON_RETURN) baton_drop(out); /* a generator has no result */
    return status;
  }
  if (op == BATON_OP_THROW || self->label == 2)
    return hand_finally(self, 3, op, in, out);
  int32_t status = baton_copy(&self->x, out);
  self->label++;
  if (status == BATON_OK) return BATON_ITEM;
  HAND_FAILURE(status, &self->x, in);
  return hand_finally(self, 3, BATON_OP_THROW, in, out);
}

/* kit.stubborn(v): try: yield v  except generator-exit: yield v */
HAND_LOCAL int32_t hand_stubborn(hand *self, baton_context *cx, uint32_t op,
                                 baton_value *in, baton_value *out) {
  (void)cx;
  int closed = op == BATON_OP_THROW && self->label == 1 &&
               baton_error_kind(in) == BATON_ERROR_GENERATOR_EXIT;
  if (op == BATON_OP_THROW && !closed) return hand_raise_in(in, out);
  if (self->label > 0 && !closed) return BATON_RETURN;
  int32_t status = baton_copy(&self->v, out);
  self->label++;
  return status == BATON_OK ? BATON_ITEM : HAND_FAILURE(status, &self->v, out);
}

/* ---- async for ---------------------------------------------------------- */

/* Whether the value's type has the suite, and passes the check. */
static const baton_async_methods *hand_async_of(const baton_value *value) {
  if (!baton_is_object(value) || HAND_CHECK(value->head.type)) return NULL;
  return value->head.type->as_async;
}

/* Makes `x` its async iterator. @return BATON_OK, or BATON_ERROR. */
static int32_t hand_iterate(hand *self, baton_context *cx, baton_value *out) {
  const baton_async_methods *methods = hand_async_of(&self->x);
  if (!methods || !methods->am_aiter) {
    *out = hand_error_say(BATON_ERROR_TYPE,
                          "'async for' requires an object with __aiter__ "
                          "method, got %s",
                          hand_name_of(&self->x));
    return BATON_ERROR;
  }
  int32_t status = methods->am_aiter(&self->x, cx, out);
  if (status != BATON_OWNED) return HAND_FAILURE(status, &self->x, out);
  baton_drop(&self->x);
  self->x = baton_take(out);
  return BATON_OK;
}

/* Awaits the next item of the iterator in `x`. */
static int32_t hand_next(hand *self, baton_context *cx, baton_value *out) {
  const baton_async_methods *methods = hand_async_of(&self->x);
  if (!methods || !methods->am_anext) {
    *out = hand_error_say(BATON_ERROR_TYPE,
                          "'async for' requires an iterator with __anext__ "
                          "method, got %s",
                          hand_name_of(&self->x));
    return BATON_ERROR;
  }
  int32_t status = methods->am_anext(&self->x, cx, out);
  self->label = 1;
  return status == BATON_OWNED ? BATON_AWAIT
                               : HAND_FAILURE(status, &self->x, out);
}

/* kit.last(x): last = none;  async for item in x: last = item;  return last */
HAND_LOCAL int32_t hand_last(hand *self, baton_context *cx, uint32_t op,
                             baton_value *in, baton_value *out) {
  if (self->label == 0 && hand_iterate(self, cx, out) != BATON_OK)
    return BATON_ERROR;
  if (op == BATON_OP_THROW) {
    if (baton_error_kind(in) != BATON_ERROR_STOP_ASYNC_ITERATION)
      return hand_raise_in(in, out);
    *out = baton_take(&self->v);
    return BATON_RETURN;
  }
  if (self->label > 0) {
    baton_drop(&self->v);
    self->v = baton_take(in);
  }
  return hand_next(self, cx, out);
}
