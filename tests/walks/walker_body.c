/* SPDX-License-Identifier: MIT */
#include "walker.h"

/* Bodies whose code is a list of instructions. */

enum phase { PHASE_TRY, PHASE_HANDLER, PHASE_FINAL };

/* An open try. What it handles is in `errors` at the same place. */
struct region {
  int begin;
  enum phase phase;
  int returning; /* a finally that a return has entered, with `returns` */
};

struct frame {
  int index;
  int at;
  int depth;
  struct region regions[MAX_REGIONS];
  /* What the frame holds, from here on. */
  baton_value result; /* that of the last suspension or await */
  baton_value errors[MAX_REGIONS];
  baton_value returns[MAX_REGIONS];
};
enum { FRAME_VALUES = 1 + 2 * MAX_REGIONS };

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
  frame->depth--;
  baton_drop(&frame->errors[frame->depth]);
  baton_drop(&frame->returns[frame->depth]);
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
  baton_value made = script_number(value);
  if (value.what == VALUE_RESULT &&
      baton_copy(&frame->result, &made) != BATON_OK)
    walker_fail("not copied", "result");
  return made;
}

/* Enters the finally regions that a return leaves, then ends. Takes the value.
 */
static int32_t returned(struct frame *frame, baton_value value,
                        baton_value *out) {
  while (frame->depth > 0) {
    struct region *region = &frame->regions[frame->depth - 1];
    if (region->phase == PHASE_TRY &&
        handler_of(frame, frame->depth - 1)->word == WORD_FINALLY) {
      region->returning = 1;
      frame->returns[frame->depth - 1] = value;
      enter_handler(frame, PHASE_FINAL);
      return GO_ON;
    }
    leave_region(frame);
  }
  *out = value;
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
  baton_value value = baton_take(&frame->returns[frame->depth - 1]);
  leave_region(frame);
  if (region.phase == PHASE_FINAL && !baton_is_none(&error))
    return raised(frame, error, out);
  baton_drop(&error);
  if (region.phase == PHASE_FINAL && region.returning)
    return returned(frame, value, out);
  return GO_ON;
}

static int32_t await(struct frame *frame, const instruction *here,
                     baton_value *out) {
  const baton_value *handle = &current.nodes[here->node].handle;
  if (baton_is_none(handle)) {
    baton_drop(&frame->result);
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
      return returned(frame, value_of(frame, here->value), out);
    case WORD_RAISE:
      return raised(frame, script_error(here->kind, here->value.number), out);
    case WORD_RERAISE:
      return raised(frame, handled(frame), out);
    case WORD_TRY:
      frame->regions[frame->depth] = (struct region){.begin = frame->at - 1};
      frame->depth++;
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
    default: {
      baton_value value = value_of(frame, here->value);
      world_call(here, &value, frame->index);
      baton_drop(&value);
      return GO_ON;
    }
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
    baton_drop(&frame->result);
    frame->result = baton_take(in);
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
   .value_offset = offsetof(struct frame, result), \
   .value_count = FRAME_VALUES,                    \
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
