/* SPDX-License-Identifier: MIT */
#include "walker.h"

#include <stdio.h>

#include <baton/ext/async_generator.h>

/* Makes the nodes of a walk, and the calls on them. */

walk current;

/* Who makes the nodes with an `as`; null if there are none. */
static const walker_target *target;

/* ---- A waker that nobody waits for ------------------------------------ */

static int32_t BATON_CALL waker_clone(const baton_waker *self,
                                      const baton_waker **out) {
  *out = self;
  return BATON_OK;
}

static int32_t BATON_CALL waker_ignore(const baton_waker *self) {
  (void)self;
  return BATON_OK;
}

static const baton_waker_methods waker_methods = {sizeof(baton_waker_methods),
                                                  0,
                                                  waker_clone,
                                                  waker_ignore,
                                                  waker_ignore,
                                                  waker_ignore};
static const baton_waker waker = {&waker_methods};

static baton_context context(uint32_t accepts) {
  return (baton_context){.struct_size = sizeof(baton_context),
                         .abi_major = BATON_ABI_MAJOR,
                         .abi_minor = BATON_ABI_MINOR,
                         .accepts = accepts,
                         .waker = &waker};
}

/* ---- Calls ------------------------------------------------------------ */

static int32_t make_call(const instruction *op, const baton_value *value,
                         const baton_value *handle, baton_value *out) {
  baton_context cx = context(BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING);
  baton_value in = baton_none();
  int32_t status;
  if (op->word == WORD_CLOSE) {
    cx.accepts = (uint32_t)op->choice;
    return handle->head.type->as_coroutine->close(handle, &cx, out);
  }
  if (op->word == WORD_THROW) {
    in = script_error(op->kind, op->value.number);
    status = baton_throw(handle, &cx, &in, out);
    if (baton_is_refusal(status) && baton_is_none(&in))
      printf("a refusal has taken the error\n");
  } else {
    if (baton_copy(value, &in) != BATON_OK) walker_fail("not copied", "value");
    status = baton_send(handle, &cx, &in, out);
  }
  if (baton_is_refusal(status) && !baton_is_none(out))
    printf("a refusal has given a value\n");
  baton_drop(&in);
  return status;
}

void world_call(const instruction *op, const baton_value *value, int caller) {
  node *called = &current.nodes[op->node];
  baton_value held = baton_none(), out = baton_none();
  int32_t status = BATON_OK;
  int gone = baton_is_none(&called->handle);
  if (op->word == WORD_DROP) {
    baton_drop(&called->handle);
  } else if (!gone) {
    if (baton_copy(&called->handle, &held) != BATON_OK)
      walker_fail("not copied", "handle");
    status = make_call(op, value, &held, &out);
  }
  baton_drop(&held);
  if (target && target->settles && caller < 0 && !gone &&
      baton_is_none(&called->handle))
    target->collect();
  trace_call(op, value, caller);
  if (gone)
    printf("gone");
  else if (op->word == WORD_DROP)
    printf("done");
  else
    trace_outcome(status, &out);
  baton_drop(&out);
  trace_end();
}

/* ---- A walk ----------------------------------------------------------- */

static void make_node(int index);

static void make_awaitable(node *made) {
  baton_context cx = context(0);
  const baton_value *generator = &current.nodes[made->target].handle;
  const baton_async_generator *methods =
      baton_find(generator, BATON_EXT_ASYNC_GENERATOR);
  baton_value in = baton_none();
  int32_t status;
  if (made->kind == NODE_ASEND) {
    in = script_number(made->argument.value);
    status = methods->asend(generator, &cx, &in, &made->handle);
  } else if (made->kind == NODE_ATHROW) {
    in = script_error(made->argument.kind, made->argument.value.number);
    status = methods->athrow(generator, &cx, &in, &made->handle);
  } else {
    status = methods->aclose(generator, &cx, &made->handle);
  }
  baton_drop(&in);
  if (status != BATON_OWNED) walker_fail("not made", "awaitable");
}

/* Makes a node by an export, after the nodes that are its arguments. */
static void make_by_export(int index) {
  node *made = &current.nodes[index];
  instruction *as = &made->code[0];
  baton_value arguments[MAX_ARGUMENTS];
  int32_t status;
  made->being_made = 1;
  for (int i = 0; i < as->argument_count; i++) {
    const script_argument *given = &as->arguments[i];
    if (given->what == ARGUMENT_NODE) {
      make_node(given->node);
      if (baton_copy(&current.nodes[given->node].handle, &arguments[i]) !=
          BATON_OK)
        walker_fail("not copied", "argument");
    } else {
      arguments[i] = script_argument_value(given);
    }
  }
  status = target->make(as->name, arguments, as->argument_count, &made->handle);
  for (int i = 0; i < as->argument_count; i++) baton_drop(&arguments[i]);
  if (status != BATON_OK) {
    printf("  node %d cannot be made: ", index);
    trace_outcome(status, &made->handle);
    printf("\n");
    baton_drop(&made->handle);
  } else if (target->made) {
    target->made(as->name, &made->handle);
  }
  made->being_made = 0;
}

static int is_made_by_export(const node *made) {
  return made->length > 0 && made->code[0].word == WORD_AS;
}

static void make_node(int index) {
  node *made = &current.nodes[index];
  if (!baton_is_none(&made->handle)) return;
  if (made->being_made) walker_fail("a node needs itself", "as");
  if (made->kind >= NODE_ASEND) {
    make_node(made->target);
    make_awaitable(made);
  } else if (!is_made_by_export(made)) {
    body_new(index, &made->handle);
  } else if (target) {
    make_by_export(index);
  } else {
    walker_fail("there is no library with exports", "as");
  }
  made->object = made->handle.payload.object;
}

/* Blocks that the nodes of the walker's own still have. */
static uint64_t blocks_since(const baton_counters *before) {
  baton_counters now;
  for (int turn = 0;; turn++) {
    baton_read_counters(&now);
    if (now.blocks == before->blocks || !target || turn == 100) break;
    target->collect();
  }
  return now.blocks - before->blocks;
}

static void run_walk(void) {
  const baton_value none = baton_none();
  baton_counters before;
  uint64_t blocks;
  baton_read_counters(&before);
  for (int i = 0; i < current.node_count; i++) make_node(i);
  for (int i = 0; i < current.op_count; i++) {
    baton_value value = script_number(current.ops[i].value);
    world_call(&current.ops[i], &value, -1);
  }
  for (int i = 0; i < current.node_count; i++) {
    instruction drop = {.word = WORD_DROP, .node = i};
    if (!baton_is_none(&current.nodes[i].handle)) world_call(&drop, &none, -1);
  }
  blocks = blocks_since(&before);
  if (blocks != 0)
    printf("blocks that were not freed: %llu\n", (unsigned long long)blocks);
  printf("end\n");
}

void walker_run(const walker_target *given) {
  target = given;
  /* So that a walk that ends the program can be told from the one before. */
  setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
  baton_set_unraisable_hook(trace_unraisable, NULL);
  baton_set_unawaited_hook(trace_unawaited, NULL);
  while (script_read(&current)) run_walk();
}
