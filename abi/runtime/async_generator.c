/* SPDX-License-Identifier: MIT */
#include "coro.h"
#include "drive.h"
#include "memory.h"
#include "object.h"

/* What `asend`, `athrow` and `aclose` give: a link without a frame of its own,
 * above the generator's. CPython's Objects/genobject.c is the model; the
 * functions keep its order of checks. */

enum { MODE_ASEND, MODE_ATHROW, MODE_ACLOSE };
enum { LIFE_INIT, LIFE_ITER, LIFE_CLOSED };

struct step {
  baton_link link;
  baton_value generator;
  baton_value value; /* what asend sends, or athrow throws */
  uint8_t mode;
  uint8_t life;
};

static const baton_type asend_type;
static const baton_type athrow_type;

static struct step *step_of(const baton_value *self) {
  return self->payload.object;
}

static baton_coro_extra *generator_of(const struct step *step) {
  return baton_coro_extra_of(&step->generator);
}

static baton_link *link_of(const struct step *step) {
  return &baton_coro_of(&step->generator)->link;
}

/* ---- The end of an awaitable ------------------------------------------ */

static int32_t fail(struct step *step, baton_value error, baton_value *out) {
  step->life = LIFE_CLOSED;
  *out = error;
  return BATON_ERROR;
}

static int32_t refuse_reuse(struct step *step, baton_value *out) {
  return fail(
      step,
      baton_error_new(BATON_ERROR_RUNTIME, "cannot reuse already awaited %s",
                      step->mode == MODE_ASEND ? "__anext__()/asend()"
                                               : "aclose()/athrow()"),
      out);
}

static int32_t refuse_running(struct step *step, baton_value *out) {
  static const char *const names[] = {"anext", "athrow", "aclose"};
  return fail(step,
              baton_error_new(BATON_ERROR_RUNTIME,
                              "%s(): asynchronous generator is already running",
                              names[step->mode]),
              out);
}

/* One awaitable at a time drives the generator. */
static int claim_generator(const struct step *step) {
  return !baton_exchange(&generator_of(step)->ag_running, 1);
}

static void leave_generator(struct step *step) {
  baton_coro_extra *generator = generator_of(step);
  step->life = LIFE_CLOSED;
  generator->injected = 0;
  baton_drop(&generator->injection);
  baton_store(&generator->ag_running, 0);
}

/* The generator has failed with an error, moved in. */
static int32_t end_with_error(struct step *step, baton_value error,
                              baton_value *out) {
  uint32_t kind = baton_error_kind(&error);
  int ends = kind == BATON_ERROR_STOP_ASYNC_ITERATION ||
             kind == BATON_ERROR_GENERATOR_EXIT;
  if (ends) generator_of(step)->ag_closed = 1;
  leave_generator(step);
  if (!ends || step->mode != MODE_ACLOSE) return fail(step, error, out);
  baton_drop(&error);
  return BATON_RETURN;
}

static int32_t end_with_stop(struct step *step, baton_value *out) {
  return end_with_error(step, baton_from_kind(BATON_ERROR_STOP_ASYNC_ITERATION),
                        out);
}

/* The generator has handed an item. */
static int32_t end_with_item(struct step *step, baton_value *item,
                             baton_value *out) {
  leave_generator(step);
  if (step->mode == MODE_ACLOSE)
    return fail(step,
                baton_error_new(BATON_ERROR_RUNTIME,
                                "async generator ignored GeneratorExit"),
                out);
  *out = baton_take(item);
  return BATON_RETURN;
}

/* ---- Its start -------------------------------------------------------- */

static int32_t delegate(struct step *step, uint32_t op, baton_value value,
                        baton_value *out) {
  baton_coro_extra *generator = generator_of(step);
  generator->injected = (uint8_t)(op + 1);
  generator->injection = value;
  if (baton_copy(&step->generator, out) == BATON_OK) return BATON_AWAIT;
  leave_generator(step);
  return fail(step,
              baton_error_from_refusal(BATON_WRONG_THREAD, &step->generator),
              out);
}

static int32_t start_send(struct step *step, baton_value value,
                          baton_value *out) {
  uint8_t state = baton_link_state(link_of(step));
  if (state == BATON_CLOSED) {
    baton_drop(&value);
    return end_with_stop(step, out);
  }
  if (state == BATON_CREATED && !baton_is_none(&value)) {
    baton_drop(&value);
    return end_with_error(
        step,
        baton_error_new(BATON_ERROR_TYPE,
                        "can't send non-None value to a just-started async "
                        "generator"),
        out);
  }
  return delegate(step, BATON_OP_SEND, value, out);
}

static int32_t start_throw(struct step *step, baton_value error,
                           baton_value *out) {
  baton_link *link = link_of(step);
  uint8_t state = baton_link_state(link);
  if (state == BATON_CREATED) {
    baton_link_set(link, BATON_CLOSED);
    baton_coro_ended(&step->generator);
  }
  if (state == BATON_CREATED || state == BATON_CLOSED)
    return end_with_error(step, error, out);
  return delegate(step, BATON_OP_THROW, error, out);
}

static int32_t start_asend(struct step *step, baton_value *in,
                           baton_value *out) {
  if (!claim_generator(step)) return refuse_running(step, out);
  step->life = LIFE_ITER;
  return start_send(
      step, baton_is_none(in) ? baton_take(&step->value) : baton_take(in), out);
}

static int32_t start_athrow(struct step *step, baton_value *in,
                            baton_value *out) {
  baton_coro_extra *generator = generator_of(step);
  if (baton_link_state(link_of(step)) == BATON_CLOSED) {
    step->life = LIFE_CLOSED;
    return BATON_RETURN;
  }
  if (!claim_generator(step)) return refuse_running(step, out);
  if (generator->ag_closed) {
    leave_generator(step);
    return fail(step, baton_from_kind(BATON_ERROR_STOP_ASYNC_ITERATION), out);
  }
  if (!baton_is_none(in)) {
    baton_store(&generator->ag_running, 0);
    *out = baton_error_new(
        BATON_ERROR_RUNTIME,
        "can't send non-None value to a just-started coroutine");
    return BATON_ERROR;
  }
  step->life = LIFE_ITER;
  if (step->mode == MODE_ATHROW)
    return start_throw(step, baton_take(&step->value), out);
  generator->ag_closed = 1;
  return start_throw(step, baton_from_kind(BATON_ERROR_GENERATOR_EXIT), out);
}

/* ---- Its link --------------------------------------------------------- */

static int32_t resume_send(struct step *step, baton_value *in,
                           baton_value *out) {
  switch (step->life) {
    case LIFE_INIT:
      return step->mode == MODE_ASEND ? start_asend(step, in, out)
                                      : start_athrow(step, in, out);
    case LIFE_ITER: /* what the generator has left */
      if (baton_link_state(link_of(step)) == BATON_CLOSED)
        return end_with_stop(step, out);
      return end_with_item(step, in, out);
    default:
      return refuse_reuse(step, out);
  }
}

static int32_t resume_throw(struct step *step, baton_value *in,
                            baton_value *out) {
  switch (step->life) {
    case LIFE_INIT:
      if (!claim_generator(step)) return refuse_running(step, out);
      step->life = LIFE_ITER;
      return start_throw(step, baton_take(in), out);
    case LIFE_ITER: /* how the generator has failed */
      return end_with_error(step, baton_take(in), out);
    default:
      if (!(baton_link_flags(&step->link) & BATON_LINK_EXITING))
        return refuse_reuse(step, out);
      *out = baton_take(in); /* a close of what has ended does nothing */
      return BATON_ERROR;
  }
}

/* A link is CLOSED after each end, but an awaitable that has not begun has
 * more than one life: see `life`. */
static int32_t BATON_CALL step_resume(const baton_value *self,
                                      baton_context *cx, uint32_t op,
                                      baton_value *in, baton_value *out) {
  (void)cx;
  return op == BATON_OP_SEND ? resume_send(step_of(self), in, out)
                             : resume_throw(step_of(self), in, out);
}

static int32_t BATON_CALL step_let_go(const baton_value *self) {
  if (step_of(self)->life == LIFE_CLOSED) baton_drop(&step_of(self)->value);
  return BATON_OK;
}

static int32_t BATON_CALL step_guard(const baton_value *self) {
  return baton_coro_guard(&step_of(self)->generator);
}

static void finish_step(baton_link *link) {
  struct step *step = (void *)link;
  baton_value self = baton_from_object(
      step->mode == MODE_ASEND ? &asend_type : &athrow_type, step);
  baton_value held = baton_unhang(link);
  if (step->life == LIFE_INIT) {
    baton_store(&link->count, 1);
    baton_unawaited_coroutine(&self);
    if (!baton_count_drop(&link->count)) return;
  }
  baton_drop(&held);
  baton_drop(&step->value);
  baton_drop(&step->generator);
  baton_free(step, sizeof *step);
}

static int32_t BATON_CALL step_retain(const baton_value *self) {
  int32_t status = baton_link_guard(self);
  if (status != BATON_OK) return status;
  baton_add(&step_of(self)->link.count, 1);
  return BATON_OK;
}

static int32_t BATON_CALL step_release(const baton_value *self) {
  struct step *step = step_of(self);
  if (!baton_count_drop(&step->link.count)) return BATON_OK;
  if (baton_link_guard(self) == BATON_OK)
    baton_release_soon(&step->link, finish_step);
  else
    baton_owner_defer(generator_of(step)->owner, &step->link, finish_step);
  return BATON_OK;
}

static int32_t BATON_CALL step_traverse(const baton_value *self,
                                        baton_visit visit, void *arg) {
  const struct step *step = step_of(self);
  int32_t status = baton_link_guard(self);
  if (status == BATON_OK) status = visit(&step->generator, arg);
  if (status == BATON_OK && baton_is_object(&step->value))
    status = visit(&step->value, arg);
  if (status == BATON_OK && baton_is_object(&step->link.owner))
    status = visit(&step->link.owner, arg);
  else if (status == BATON_OK && baton_is_object(&step->link.handle))
    status = visit(&step->link.handle, arg);
  return status;
}

static int32_t BATON_CALL step_name(const baton_value *self,
                                    baton_text_view *out) {
  static const char *const names[] = {"asend", "athrow", "aclose"};
  *out = baton_view(names[step_of(self)->mode]);
  return BATON_OK;
}

/* Named after its generator; `name` tells the method. */
static int32_t BATON_CALL step_qualified_name(const baton_value *self,
                                              baton_text_view *out) {
  return baton_coro_introspect.qualified_name(&step_of(self)->generator, out);
}

static int32_t BATON_CALL step_location(const baton_value *self,
                                        baton_frame *out) {
  return baton_coro_where(&step_of(self)->generator, out);
}

static int32_t BATON_CALL step_query(const baton_value *self, const char *id,
                                     const void **out) {
  static const baton_introspect introspect = {sizeof(baton_introspect),
                                              0,
                                              baton_link_state_of,
                                              baton_link_kind_of,
                                              step_name,
                                              step_qualified_name,
                                              step_location,
                                              baton_link_delegated_to,
                                              baton_link_returns_to,
                                              NULL};
  static const baton_extension extensions[] = {
      {BATON_EXT_INTROSPECT, &introspect}, {NULL, NULL}};
  (void)self;
  return baton_answer(extensions, id, out);
}

static int32_t BATON_CALL step_await(const baton_value *self, baton_context *cx,
                                     baton_value *out) {
  int32_t status = baton_link_guard(self);
  (void)cx;
  if (status != BATON_OK) return status;
  *out = *self;
  return BATON_LENT;
}

static const baton_async_methods step_async = {sizeof(baton_async_methods), 0,
                                               step_await, NULL, NULL};
static const baton_coroutine_methods step_coroutine = {
    sizeof(baton_coroutine_methods), 0, baton_link_send, baton_link_throw,
    baton_link_close};
static const baton_link_methods step_link = {sizeof(baton_link_methods),
                                             offsetof(struct step, link),
                                             step_resume,
                                             step_let_go,
                                             NULL,
                                             step_guard};

#define STEP_TYPE(name)                                      \
  {BATON_TYPE_HEAD(name),   .retain = step_retain,           \
   .release = step_release, .traverse = step_traverse,       \
   .as_async = &step_async, .as_coroutine = &step_coroutine, \
   .as_link = &step_link,   .query = step_query}

static const baton_type asend_type = STEP_TYPE("async_generator_asend");
static const baton_type athrow_type = STEP_TYPE("async_generator_athrow");

/* ---- The generator ---------------------------------------------------- */

static int32_t new_step(const baton_value *self, uint8_t mode,
                        baton_value *value, baton_value *out) {
  struct step *made = baton_allocate(sizeof *made);
  baton_value generator;
  int32_t status = made ? baton_copy(self, &generator) : BATON_NO_MEMORY;
  if (status != BATON_OK) {
    if (made) baton_free(made, sizeof *made);
    return status;
  }
  *made = (struct step){.generator = generator, .mode = mode};
  made->link.kind = BATON_KIND_AWAITABLE;
  made->link.count = 1;
  made->link.flags = (uint16_t)(baton_coro_of(self)->body->flags &
                                (BATON_LINK_SHARED | BATON_LINK_AFFINE));
  made->value = value ? baton_take(value) : baton_none();
  *out =
      baton_from_object(mode == MODE_ASEND ? &asend_type : &athrow_type, made);
  return BATON_OWNED;
}

static int32_t BATON_CALL ag_asend(const baton_value *self, baton_context *cx,
                                   baton_value *in, baton_value *out) {
  (void)cx;
  return new_step(self, MODE_ASEND, in, out);
}

static int32_t BATON_CALL ag_athrow(const baton_value *self, baton_context *cx,
                                    baton_value *error, baton_value *out) {
  (void)cx;
  if (!baton_is_error(error)) return BATON_INVALID_ARGUMENT;
  return new_step(self, MODE_ATHROW, error, out);
}

static int32_t BATON_CALL ag_aclose(const baton_value *self, baton_context *cx,
                                    baton_value *out) {
  (void)cx;
  return new_step(self, MODE_ACLOSE, NULL, out);
}

static int32_t BATON_CALL ag_aiter(const baton_value *self, baton_context *cx,
                                   baton_value *out) {
  (void)cx;
  return baton_copy(self, out);
}

static int32_t BATON_CALL ag_anext(const baton_value *self, baton_context *cx,
                                   baton_value *out) {
  (void)cx;
  return new_step(self, MODE_ASEND, NULL, out);
}

static int32_t BATON_CALL ag_resume(const baton_value *self, baton_context *cx,
                                    uint32_t op, baton_value *in,
                                    baton_value *out) {
  baton_coro_extra *generator = baton_coro_extra_of(self);
  if (generator->injected) {
    op = generator->injected - 1u;
    generator->injected = 0;
    baton_drop(in);
    *in = baton_take(&generator->injection);
  }
  return baton_coro_of(self)->body->resume(self, cx, op, in, out);
}

static int32_t BATON_CALL ag_query(const baton_value *self, const char *id,
                                   const void **out) {
  static const baton_async_generator methods = {
      sizeof(baton_async_generator), 0, ag_asend, ag_athrow, ag_aclose};
  static const baton_extension extensions[] = {
      {BATON_EXT_ASYNC_GENERATOR, &methods},
      {BATON_EXT_INTROSPECT, &baton_coro_introspect},
      {NULL, NULL}};
  (void)self;
  return baton_answer(extensions, id, out);
}

static const baton_async_methods ag_async = {sizeof(baton_async_methods), 0,
                                             NULL, ag_aiter, ag_anext};
static const baton_link_methods ag_link = {
    sizeof(baton_link_methods), offsetof(baton_coro, link), ag_resume,
    baton_coro_ended,           baton_coro_where,           baton_coro_guard};

const baton_type baton_async_generator_type = {
    BATON_TYPE_HEAD("async_generator"),
    .retain = baton_coro_retain,
    .release = baton_coro_release,
    .traverse = baton_coro_traverse,
    .as_async = &ag_async,
    .as_link = &ag_link,
    .query = ag_query};
