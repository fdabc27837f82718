/* SPDX-License-Identifier: MIT */
#include "walker.h"

/* Bodies whose code is a list of instructions. */

enum phase { PHASE_TRY, PHASE_HANDLER, PHASE_FINAL };

/* An open try. What it handles is in `errors` at the same place. */
struct region {
  int begin;
  enum phase phase;
  int returning; /* a finally that a return has entered */
  script_value returns;
};

struct frame {
  int index;
  int at;
  int depth;
  script_value result;
  struct region regions[MAX_REGIONS];
  baton_value errors[MAX_REGIONS];
};

/* A stop of the body, or GO_ON. */
enum { GO_ON = 100 };

static const instruction *code_of(const struct frame *frame) {
  return current.nodes[frame->index].code;
}

static const instruction *handler_of(const struct frame *frame, int depth) {
  const instruction *code = code_of(frame);
  return &code[code[frame->regions[depth].begin].handler];
}

static void leave_region(struct frame *frame) {
  baton_drop(&frame->errors[--frame->depth]);
}

static void enter_handler(struct frame *frame, enum phase phase) {
  int last = frame->depth - 1;
  frame->regions[last].phase = phase;
  frame->at = code_of(frame)[frame->regions[last].begin].handler + 1;
}

static int catches(const instruction *handler, const baton_value *error) {
  uint32_t kind = baton_error_kind(error);
  if (handler->choice == FILTER_ALL) return 1;
  if (handler->choice == FILTER_EXIT) return kind == BATON_ERROR_GENERATOR_EXIT;
  return (kind & BATON_ERROR_BASE) == 0;
}

/* Finds the handler of an error, or ends with it. Takes the error. */
static int32_t raised(struct frame *frame, baton_value error,
                      baton_value *out) {
  while (frame->depth > 0) {
    int last = frame->depth - 1;
    const instruction *handler = handler_of(frame, last);
    if (frame->regions[last].phase != PHASE_TRY ||
        (handler->word == WORD_EXCEPT && !catches(handler, &error))) {
      leave_region(frame);
      continue;
    }
    enter_handler(frame,
                  handler->word == WORD_EXCEPT ? PHASE_HANDLER : PHASE_FINAL);
    if (handler->word == WORD_EXCEPT) world_caught(frame->index, &error);
    frame->errors[last] = error;
    return GO_ON;
  }
  *out = error;
  return BATON_ERROR;
}

static baton_value value_of(const struct frame *frame, script_value value) {
  if (value.what == VALUE_RESULT) value = frame->result;
  return value.what == VALUE_NONE ? baton_none() : baton_from_i64(value.number);
}

/* Enters the finally regions that a return leaves, then ends. */
static int32_t returned(struct frame *frame, script_value value,
                        baton_value *out) {
  if (value.what == VALUE_RESULT) value = frame->result;
  while (frame->depth > 0) {
    struct region *region = &frame->regions[frame->depth - 1];
    if (region->phase == PHASE_TRY &&
        handler_of(frame, frame->depth - 1)->word == WORD_FINALLY) {
      region->returning = 1;
      region->returns = value;
      enter_handler(frame, PHASE_FINAL);
      return GO_ON;
    }
    leave_region(frame);
  }
  *out = value_of(frame, value);
  return BATON_RETURN;
}

/* The error that the innermost handler of this body handles. */
static baton_value handled(struct frame *frame) {
  baton_value copy = baton_none();
  for (int at = frame->depth - 1; at >= 0; at--) {
    if (baton_is_none(&frame->errors[at])) continue;
    if (baton_copy(&frame->errors[at], &copy) == BATON_OK) return copy;
  }
  walker_fail("nothing to raise again", "reraise");
  return copy;
}

static int32_t end_of_region(struct frame *frame, baton_value *out) {
  struct region region = frame->regions[frame->depth - 1];
  baton_value error = baton_take(&frame->errors[frame->depth - 1]);
  leave_region(frame);
  if (region.phase == PHASE_FINAL && !baton_is_none(&error))
    return raised(frame, error, out);
  baton_drop(&error);
  if (region.phase == PHASE_FINAL && region.returning)
    return returned(frame, region.returns, out);
  return GO_ON;
}

static int32_t await(struct frame *frame, const instruction *here,
                     baton_value *out) {
  const baton_value *handle = &current.nodes[here->node].handle;
  if (baton_is_none(handle)) {
    frame->result.what = VALUE_NONE;
    return GO_ON;
  }
  if (baton_copy(handle, out) != BATON_OK) walker_fail("not copied", "await");
  return BATON_AWAIT;
}

static int32_t step(struct frame *frame, const instruction *here,
                    baton_value *out) {
  switch (here->word) {
    case WORD_YIELD:
      *out = value_of(frame, here->value);
      return BATON_YIELD;
    case WORD_ITEM:
      *out = value_of(frame, here->value);
      return BATON_ITEM;
    case WORD_PENDING:
      return BATON_PENDING;
    case WORD_AWAIT:
      return await(frame, here, out);
    case WORD_RETURN:
      return returned(frame, here->value, out);
    case WORD_RAISE:
      return raised(frame, script_error(here->kind, here->value.number), out);
    case WORD_RERAISE:
      return raised(frame, handled(frame), out);
    case WORD_TRY:
      frame->regions[frame->depth] = (struct region){.begin = frame->at - 1};
      frame->errors[frame->depth++] = baton_none();
      return GO_ON;
    case WORD_EXCEPT: /* nothing was raised */
      leave_region(frame);
      frame->at = here->end + 1;
      return GO_ON;
    case WORD_FINALLY:
      frame->regions[frame->depth - 1].phase = PHASE_FINAL;
      return GO_ON;
    case WORD_END:
      return end_of_region(frame, out);
    default:
      world_call(here,
                 here->value.what == VALUE_RESULT ? frame->result : here->value,
                 frame->index);
      return GO_ON;
  }
}

static int32_t BATON_CALL body_resume(const baton_value *self,
                                      baton_context *cx, uint32_t op,
                                      baton_value *in, baton_value *out) {
  struct frame *frame = baton_coro_frame(self);
  int32_t stop = GO_ON;
  (void)cx;
  if (op == BATON_OP_THROW) {
    stop = raised(frame, baton_take(in), out);
  } else {
    frame->result.what = baton_is_none(in) ? VALUE_NONE : VALUE_NUMBER;
    frame->result.number = baton_is_none(in) ? 0 : in->payload.i64;
  }
  while (stop == GO_ON) {
    const node *body = &current.nodes[frame->index];
    if (frame->at == body->length) return BATON_RETURN;
    stop = step(frame, &body->code[frame->at++], out);
  }
  return stop;
}

#define BODY(kind_of_link, its_name)               \
  {.struct_size = sizeof(baton_body),              \
   .kind = kind_of_link,                           \
   .frame_size = sizeof(struct frame),             \
   .value_offset = offsetof(struct frame, errors), \
   .value_count = MAX_REGIONS,                     \
   .name = its_name,                               \
   .resume = body_resume}

void body_new(int index, baton_value *out) {
  static const baton_body bodies[] = {
      BODY(BATON_KIND_COROUTINE, "coroutine"),
      BODY(BATON_KIND_GENERATOR, "generator"),
      BODY(BATON_KIND_ASYNC_GENERATOR, "async_generator"),
  };
  if (baton_coro_new(&bodies[current.nodes[index].kind], out) != BATON_OK)
    walker_fail("not made", "body");
  ((struct frame *)baton_coro_frame(out))->index = index;
}
