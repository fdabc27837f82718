/* SPDX-License-Identifier: MIT */

/** @file
 * The bodies of coroutines and generators. Each says first what it would be in
 * a language that has them.
 */

/* ---- Words for bodies --------------------------------------------------- */

static int32_t hand_await(hand *self, uint32_t label, baton_value *value,
                          baton_value *out) {
  self->label = label;
  *out = baton_take(value);
  return BATON_AWAIT;
}

/* Returns what came in, or raises it. */
static int32_t hand_pass(uint32_t op, baton_value *in, baton_value *out) {
  *out = baton_take(in);
  return op == BATON_OP_THROW ? BATON_ERROR : BATON_RETURN;
}

/* Awaits `y` on the way out, with what came in; hand_finally_end goes on. */
static int32_t hand_finally(hand *self, uint32_t label, uint32_t op,
                            baton_value *in, baton_value *out) {
  self->status = hand_pass(op, in, &self->v);
  return hand_await(self, label, &self->y, out);
}

/* The way out goes on, unless the cleanup has failed. */
static int32_t hand_finally_end(hand *self, uint32_t op, baton_value *in,
                                baton_value *out) {
  if (op == BATON_OP_THROW) return hand_raise_in(in, out);
  *out = baton_take(&self->v);
  return self->status;
}

/* ---- Values and errors -------------------------------------------------- */

/* kit.give(v): return v */
HAND_LOCAL int32_t hand_give(hand *self, baton_context *cx, uint32_t op,
                             baton_value *in, baton_value *out) {
  (void)cx, (void)op, (void)in;
  *out = baton_take(&self->v);
  return BATON_RETURN;
}

/* kit.echo(v): return (yield v) */
HAND_LOCAL int32_t hand_echo(hand *self, baton_context *cx, uint32_t op,
                             baton_value *in, baton_value *out) {
  (void)cx;
  if (self->label++ > 0) return hand_pass(op, in, out);
  *out = baton_take(&self->v);
  return BATON_YIELD;
}

/* kit.fail(kind, message): raise */
HAND_LOCAL int32_t hand_fail(hand *self, baton_context *cx, uint32_t op,
                             baton_value *in, baton_value *out) {
  int64_t kind = 0;
  baton_text_view text;
  (void)cx, (void)op, (void)in;
  if (!hand_number(&self->x, &kind))
    *out = hand_error_say(BATON_ERROR_TYPE, "the kind is no number");
  else if (hand_view_text(&self->y, &text) == BATON_OK)
    *out = hand_error_new((uint32_t)kind, text.data, text.size);
  else
    *out = baton_from_kind((uint32_t)kind);
  return BATON_ERROR;
}

/* kit.raise(e): raise e */
HAND_LOCAL int32_t hand_raise(hand *self, baton_context *cx, uint32_t op,
                              baton_value *in, baton_value *out) {
  (void)cx, (void)op, (void)in;
  *out = baton_take(&self->v);
  return BATON_ERROR;
}

/* kit.nil(): return none */
HAND_LOCAL int32_t hand_nil(hand *self, baton_context *cx, uint32_t op,
                            baton_value *in, baton_value *out) {
  (void)self, (void)cx, (void)op, (void)in;
  *out = baton_none();
  return BATON_RETURN;
}

/* kit.true(): return true */
HAND_LOCAL int32_t hand_true(hand *self, baton_context *cx, uint32_t op,
                             baton_value *in, baton_value *out) {
  (void)self, (void)cx, (void)op, (void)in;
  *out = baton_from_bool(1);
  return BATON_RETURN;
}

/* kit.one(): return 1 */
HAND_LOCAL int32_t hand_one(hand *self, baton_context *cx, uint32_t op,
                            baton_value *in, baton_value *out) {
  (void)self, (void)cx, (void)op, (void)in;
  *out = baton_from_i64(1);
  return BATON_RETURN;
}

/* hand.greet(): return "hello", as text of our own */
HAND_LOCAL int32_t hand_greet(hand *self, baton_context *cx, uint32_t op,
                              baton_value *in, baton_value *out) {
  (void)self, (void)cx, (void)op, (void)in;
  if (hand_text_new("hello", out) == BATON_OK) return BATON_RETURN;
  return hand_raise_kind(BATON_ERROR_NO_MEMORY, out);
}

/* ---- Delegation --------------------------------------------------------- */

/* kit.relay(x): return await x
 * kit.delegate(x): return (yield from x) */
HAND_LOCAL int32_t hand_relay(hand *self, baton_context *cx, uint32_t op,
                              baton_value *in, baton_value *out) {
  (void)cx;
  return self->label == 0 ? hand_await(self, 1, &self->x, out)
                          : hand_pass(op, in, out);
}

/* kit.pair(x, y): await x;  return await y */
HAND_LOCAL int32_t hand_pair(hand *self, baton_context *cx, uint32_t op,
                             baton_value *in, baton_value *out) {
  (void)cx;
  if (self->label == 0) return hand_await(self, 1, &self->x, out);
  if (op == BATON_OP_THROW || self->label == 2) return hand_pass(op, in, out);
  return hand_await(self, 2, &self->y, out);
}

/* kit.rescue(x): try: return await x  except e: return e. What has the base
 * bit is not caught, whatever kind it is (ERR-2). */
HAND_LOCAL int32_t hand_rescue(hand *self, baton_context *cx, uint32_t op,
                               baton_value *in, baton_value *out) {
  (void)cx;
  if (self->label == 0) return hand_await(self, 1, &self->x, out);
  if (op == BATON_OP_THROW && !(baton_error_kind(in) & BATON_ERROR_BASE))
    op = BATON_OP_SEND;
  return hand_pass(op, in, out);
}

/* kit.guard(x, y): try: return await x  finally: await y */
HAND_LOCAL int32_t hand_guard(hand *self, baton_context *cx, uint32_t op,
                              baton_value *in, baton_value *out) {
  (void)cx;
  if (self->label == 0) return hand_await(self, 1, &self->x, out);
  if (self->label == 1) return hand_finally(self, 2, op, in, out);
  return hand_finally_end(self, op, in, out);
}

/* Whether two values are one and the same: what the tag tells, and no byte
 * more (VAL-5). */
HAND_LOCAL int hand_is_same(const baton_value *a, const baton_value *b) {
  if (a->head.tag != b->head.tag) return 0;
  if (baton_is_none(a)) return 1;
  if (baton_is_object(a)) return a->payload.object == b->payload.object;
  return a->payload.u64 == b->payload.u64;
}

/* kit.alike(x, y): whether both fail, with the same error object. A close is
 * not theirs. */
HAND_LOCAL int32_t hand_alike(hand *self, baton_context *cx, uint32_t op,
                              baton_value *in, baton_value *out) {
  (void)cx;
  if (self->label == 0) return hand_await(self, 1, &self->x, out);
  if (op == BATON_OP_THROW &&
      baton_error_kind(in) == BATON_ERROR_GENERATOR_EXIT)
    return hand_raise_in(in, out);
  if (op != BATON_OP_THROW) baton_drop(in);
  if (self->label == 1) {
    self->v = baton_take(in);
    return hand_await(self, 2, &self->y, out);
  }
  *out = baton_from_bool(!baton_is_none(in) && HAND_IS_SAME(&self->v, in));
  return BATON_RETURN;
}

/* ---- Generators --------------------------------------------------------- */

/* kit.count(n): for i in range(n): yield i;  return n */
HAND_LOCAL int32_t hand_count(hand *self, baton_context *cx, uint32_t op,
                              baton_value *in, baton_value *out) {
  int64_t count = 0;
  (void)cx;
  if (op == BATON_OP_THROW) return hand_raise_in(in, out);
  if (!hand_number(&self->v, &count)) {
    *out = hand_error_say(BATON_ERROR_TYPE, "the count is no number");
    return BATON_ERROR;
  }
  int more = (int64_t)self->label < count;
  *out = baton_from_i64(more ? (int64_t)self->label++ : count);
  return more ? BATON_YIELD : BATON_RETURN;
}
