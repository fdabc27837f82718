/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include <baton/ext/introspect.h>
#include <baton/ext/scalar.h>
#include <baton/ext/wait.h>

#include "walker.h"

/* The text of a trace. */

int trace_index(const baton_value *value) {
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

/* Whether it is an integer, or a host's object that stands for one. */
static int is_number(const baton_value *value, int64_t *out) {
  const baton_scalar *scalar = baton_find(value, BATON_EXT_SCALAR);
  baton_value number = *value;
  if (scalar && scalar->get(value, &number) != BATON_OK) return 0;
  *out = number.payload.i64;
  return number.head.tag == BATON_TAG_I64;
}

static void print_value(const baton_value *value) {
  int64_t number;
  if (baton_is_none(value))
    printf("none");
  else if (baton_is_error(value))
    print_error(value);
  else if (is_number(value, &number))
    printf("%lld", (long long)number);
  else
    printf("a value of type %s", baton_type_name(value));
}

void trace_outcome(int32_t status, const baton_value *out) {
  switch (status) {
    case BATON_RETURN:
      printf("return ");
      print_value(out);
      break;
    case BATON_YIELD: /* what waits by its host's means waits all the same */
      if (baton_find(out, BATON_EXT_WAIT)) {
        printf("pending");
      } else {
        printf("yield ");
        print_value(out);
      }
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
  if (table) table->state(&shown->handle, &state);
  printf(" %c", state <= BATON_CLOSED ? "CRSX"[state] : '?');
  if (state != BATON_SUSPENDED || !table->delegated_to) return;
  table->delegated_to(&shown->handle, &delegate);
  index = trace_index(&delegate);
  if (!baton_is_none(&delegate)) printf(">");
  if (index >= 0 && !baton_is_none(&current.nodes[index].handle))
    printf("%d", index);
  baton_drop(&delegate);
}

void trace_call(const instruction *op, const baton_value *value, int caller) {
  if (caller >= 0) printf("  %d: ", caller);
  printf("%s %d", script_words[op->word], op->node);
  if (op->word == WORD_SEND) {
    printf(" ");
    print_value(value);
  }
  if (op->word == WORD_THROW)
    printf(" %s %lld", script_error_name(op->kind),
           (long long)op->value.number);
  if (op->word == WORD_CLOSE) printf(" %d", op->choice);
  printf(" -> ");
}

void trace_end(void) {
  printf(" |");
  for (int i = 0; i < current.node_count; i++) print_state(&current.nodes[i]);
  printf("\n");
}

void world_caught(int index, const baton_value *error) {
  printf("  %d: caught ", index);
  print_error(error);
  printf("\n");
}

void BATON_CALL trace_unraisable(void *arg, const baton_value *error,
                                 const baton_value *where) {
  (void)arg;
  (void)where;
  printf("  unraisable ");
  print_error(error);
  printf("\n");
}

void BATON_CALL trace_unawaited(void *arg, const baton_value *self) {
  int index = trace_index(self);
  const node *dropped = &current.nodes[index];
  (void)arg;
  if (dropped->kind >= NODE_ASEND)
    printf("  never awaited %s of %d\n", script_kinds[dropped->kind],
           dropped->target);
  else
    printf("  never awaited %d\n", index);
}
