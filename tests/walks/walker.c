/* SPDX-License-Identifier: MIT */
#include "walker.h"

#include <stdio.h>

#include <baton/ext/async_generator.h>
#include <baton/ext/introspect.h>

/* Makes the calls of a walk, and writes its trace. */

walk current;

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

/* ---- The text of a trace ---------------------------------------------- */

static int index_of(const baton_value *value) {
  for (int i = 0; i < current.node_count; i++)
    if (baton_is_object(value) &&
        current.nodes[i].object == value->payload.object)
      return i;
  return -1;
}

static void print_related(const char *label, const baton_value *error,
                          int32_t(BATON_CALL *get)(const baton_value *,
                                                   baton_value *)) {
  baton_value related = baton_none();
  if (!get) return;
  get(error, &related);
  if (!baton_is_none(&related))
    printf(" %s %s", label, script_error_name(baton_error_kind(&related)));
  baton_drop(&related);
}

static void print_error(const baton_value *error) {
  const baton_error_methods *methods =
      baton_is_object(error) ? error->head.type->as_error : NULL;
  baton_text_view message = {"", 0};
  if (methods && methods->message) methods->message(error, &message);
  printf("%s '%.*s'", script_error_name(baton_error_kind(error)),
         (int)message.size, message.data);
  if (!methods) return;
  print_related("cause", error, methods->cause);
  print_related("context", error, methods->context);
}

static void print_value(const baton_value *value) {
  if (baton_is_none(value))
    printf("none");
  else if (value->head.tag == BATON_TAG_I64)
    printf("%lld", (long long)value->payload.i64);
  else
    printf("a value of type %s", baton_type_name(value));
}

static void print_outcome(int32_t status, const baton_value *out) {
  switch (status) {
    case BATON_RETURN:
      printf("return ");
      print_value(out);
      break;
    case BATON_YIELD:
      printf("yield ");
      print_value(out);
      break;
    case BATON_PENDING:
      printf("pending");
      break;
    case BATON_ERROR:
      printf("error ");
      print_error(out);
      break;
    case BATON_BUSY:
      printf("refused busy");
      break;
    case BATON_INVALID_STATE:
      printf("refused invalid-state");
      break;
    default:
      printf("status %d", status);
  }
}

static void print_state(const node *shown) {
  const baton_introspect *table;
  baton_value delegate = baton_none();
  uint32_t state = UINT32_MAX;
  int index;
  if (baton_is_none(&shown->handle)) {
    printf(" -");
    return;
  }
  if (shown->kind >= NODE_ASEND) {
    printf(" w");
    return;
  }
  table = baton_find(&shown->handle, BATON_EXT_INTROSPECT);
  table->state(&shown->handle, &state);
  printf(" %c", state <= BATON_CLOSED ? "CRSX"[state] : '?');
  if (state != BATON_SUSPENDED) return;
  table->delegated_to(&shown->handle, &delegate);
  index = index_of(&delegate);
  if (!baton_is_none(&delegate)) printf(">");
  if (index >= 0 && !baton_is_none(&current.nodes[index].handle))
    printf("%d", index);
  baton_drop(&delegate);
}

static void print_number(script_value value) {
  if (value.what == VALUE_NONE)
    printf(" none");
  else
    printf(" %lld", (long long)value.number);
}

static void print_call(const instruction *op, script_value value, int caller) {
  if (caller >= 0) printf("  %d: ", caller);
  printf("%s %d", script_words[op->word], op->node);
  if (op->word == WORD_SEND) print_number(value);
  if (op->word == WORD_THROW) {
    printf(" %s", script_error_name(op->kind));
    print_number(value);
  }
  if (op->word == WORD_CLOSE) printf(" %d", op->choice);
  printf(" -> ");
}

static void print_end(void) {
  printf(" |");
  for (int i = 0; i < current.node_count; i++) print_state(&current.nodes[i]);
  printf("\n");
}

void world_caught(int index, const baton_value *error) {
  printf("  %d: caught ", index);
  print_error(error);
  printf("\n");
}

static void BATON_CALL hear_unraisable(void *arg, const baton_value *error,
                                       const baton_value *where) {
  (void)arg;
  (void)where;
  printf("  unraisable ");
  print_error(error);
  printf("\n");
}

static void BATON_CALL hear_unawaited(void *arg, const baton_value *self) {
  int index = index_of(self);
  const node *dropped = &current.nodes[index];
  (void)arg;
  if (dropped->kind >= NODE_ASEND)
    printf("  never awaited %s of %d\n", script_kinds[dropped->kind],
           dropped->target);
  else
    printf("  never awaited %d\n", index);
}

/* ---- Calls ------------------------------------------------------------ */

static int32_t make_call(const instruction *op, script_value value,
                         const baton_value *handle, baton_value *out) {
  baton_context cx = context(BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING);
  baton_value in = baton_none();
  int32_t status;
  if (op->word == WORD_CLOSE) {
    cx.accepts = (uint32_t)op->choice;
    return handle->head.type->as_coroutine->close(handle, &cx, out);
  }
  if (op->word == WORD_THROW) {
    in = script_error(op->kind, value.number);
    status = baton_throw(handle, &cx, &in, out);
    if (baton_is_refusal(status) && baton_is_none(&in))
      printf("a refusal has taken the error\n");
  } else {
    if (value.what == VALUE_NUMBER) in = baton_from_i64(value.number);
    status = baton_send(handle, &cx, &in, out);
  }
  if (baton_is_refusal(status) && !baton_is_none(out))
    printf("a refusal has given a value\n");
  baton_drop(&in);
  return status;
}

void world_call(const instruction *op, script_value value, int caller) {
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
  print_call(op, value, caller);
  if (gone)
    printf("gone");
  else if (op->word == WORD_DROP)
    printf("done");
  else
    print_outcome(status, &out);
  baton_drop(&out);
  print_end();
}

/* ---- A walk ----------------------------------------------------------- */

static void make_awaitable(node *made) {
  baton_context cx = context(0);
  const baton_value *generator = &current.nodes[made->target].handle;
  const baton_async_generator *methods =
      baton_find(generator, BATON_EXT_ASYNC_GENERATOR);
  baton_value in = baton_none();
  int32_t status;
  if (made->kind == NODE_ASEND) {
    if (made->argument.value.what == VALUE_NUMBER)
      in = baton_from_i64(made->argument.value.number);
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

static void make_nodes(void) {
  for (int i = 0; i < current.node_count; i++)
    if (current.nodes[i].kind < NODE_ASEND)
      body_new(i, &current.nodes[i].handle);
  for (int i = 0; i < current.node_count; i++)
    if (current.nodes[i].kind >= NODE_ASEND) make_awaitable(&current.nodes[i]);
  for (int i = 0; i < current.node_count; i++)
    current.nodes[i].object = current.nodes[i].handle.payload.object;
}

static void run_walk(void) {
  baton_counters before, after;
  script_value none = {VALUE_NONE, 0};
  baton_read_counters(&before);
  make_nodes();
  for (int i = 0; i < current.op_count; i++)
    world_call(&current.ops[i], current.ops[i].value, -1);
  for (int i = 0; i < current.node_count; i++) {
    instruction drop = {.word = WORD_DROP, .node = i};
    if (!baton_is_none(&current.nodes[i].handle)) world_call(&drop, none, -1);
  }
  baton_read_counters(&after);
  if (after.blocks != before.blocks)
    printf("blocks that were not freed: %llu\n",
           (unsigned long long)(after.blocks - before.blocks));
  printf("end\n");
}

int main(void) {
  /* So that a walk that ends the program can be told from the one before. */
  setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
  baton_set_unraisable_hook(hear_unraisable, NULL);
  baton_set_unawaited_hook(hear_unawaited, NULL);
  while (script_read(&current)) run_walk();
  return 0;
}
