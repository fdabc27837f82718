/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "walker.h"

/* Reads walks. A line is at most six words. */

enum { MAX_LINE = 256, MAX_PARTS = 6 };

const char *const script_words[WORD_COUNT] = {
    "yield",   "item",  "pending", "await",   "return", "raise",
    "reraise", "try",   "except",  "finally", "end",    "send",
    "throw",   "close", "drop",    "as"};
const char *const script_kinds[NODE_COUNT] = {
    "coroutine", "generator", "async-generator", "asend", "athrow", "aclose"};
static const char *const filters[] = {"all", "ordinary", "exit"};

static const struct {
  const char *name;
  uint32_t kind;
} errors[] = {
    {"stop-iteration", BATON_ERROR_STOP_ITERATION},
    {"stop-async-iteration", BATON_ERROR_STOP_ASYNC_ITERATION},
    {"generator-exit", BATON_ERROR_GENERATOR_EXIT},
    {"cancelled", BATON_ERROR_CANCELLED},
    {"runtime", BATON_ERROR_RUNTIME},
    {"value", BATON_ERROR_VALUE},
    {"type", BATON_ERROR_TYPE},
};
enum { ERROR_COUNT = sizeof errors / sizeof errors[0] };

void walker_fail(const char *sentence, const char *what) {
  fflush(stdout);
  fprintf(stderr, "walker: %s: %s\n", sentence, what);
  exit(2);
}

const char *script_error_name(uint32_t kind) {
  for (int i = 0; i < ERROR_COUNT; i++)
    if (errors[i].kind == kind) return errors[i].name;
  return baton_kind_name(kind);
}

uint32_t script_error_kind(const char *name) {
  for (int i = 0; i < ERROR_COUNT; i++)
    if (strcmp(errors[i].name, name) == 0) return errors[i].kind;
  walker_fail("unknown kind of error", name);
  return 0;
}

baton_value script_error(uint32_t kind, int64_t message) {
  baton_value error = baton_error_new(kind, "%lld", (long long)message);
  baton_value payload = baton_from_i64(message);
  if (kind == BATON_ERROR_STOP_ITERATION)
    baton_error_set_payload(&error, &payload);
  return error;
}

baton_value script_number(script_value value) {
  return value.what == VALUE_NUMBER ? baton_from_i64(value.number)
                                    : baton_none();
}

baton_value script_argument_value(const script_argument *argument) {
  char digits[24];
  baton_value text = baton_none();
  int size;
  if (argument->what == ARGUMENT_KIND) return baton_from_i64(argument->kind);
  if (argument->what != ARGUMENT_TEXT) return script_number(argument->value);
  size = snprintf(digits, sizeof digits, "%lld",
                  (long long)argument->value.number);
  if (baton_text_new(digits, (uint64_t)size, &text) != BATON_OK)
    walker_fail("no memory", "text");
  return text;
}

static int find(const char *const *names, int count, const char *name) {
  for (int i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0) return i;
  walker_fail("unknown word", name);
  return 0;
}

static int split(char *line, char **parts) {
  int count = 0;
  for (char *part = strtok(line, " \n"); part; part = strtok(NULL, " \n")) {
    if (count == MAX_PARTS) walker_fail("too many words", part);
    parts[count++] = part;
  }
  for (int i = count; i < MAX_PARTS; i++) parts[i] = NULL;
  return count;
}

static script_value read_value(const char *text) {
  script_value value = {VALUE_NONE, 0};
  if (!text) walker_fail("a value is missing", "");
  if (strcmp(text, "none") == 0) return value;
  value.what = strcmp(text, "result") == 0 ? VALUE_RESULT : VALUE_NUMBER;
  value.number = value.what == VALUE_NUMBER ? strtoll(text, NULL, 10) : 0;
  return value;
}

static int read_node(const char *text) {
  long number = text ? strtol(text, NULL, 10) : -1;
  if (number < 0 || number >= MAX_NODES)
    walker_fail("no number of a node", text ? text : "");
  return (int)number;
}

static void read_error(instruction *into, char **parts) {
  into->kind = script_error_kind(parts[0]);
  into->value = read_value(parts[1]);
}

static script_argument read_argument(const char *text) {
  script_argument argument = {0};
  if (text[0] == '@') {
    argument.what = ARGUMENT_NODE;
    argument.node = read_node(text + 1);
  } else if (text[0] == '\'') {
    argument.what = ARGUMENT_TEXT;
    argument.value = read_value(text + 1);
  } else if (strcmp(text, "none") == 0 || strspn(text, "-0123456789") > 0) {
    argument.what = ARGUMENT_VALUE;
    argument.value = read_value(text);
  } else {
    argument.what = ARGUMENT_KIND;
    argument.kind = script_error_kind(text);
  }
  return argument;
}

static void read_as(instruction *into, char **parts) {
  if (!parts[0] || strlen(parts[0]) >= MAX_NAME)
    walker_fail("no name of an export", parts[0] ? parts[0] : "");
  strcpy(into->name, parts[0]);
  for (int i = 0; i < MAX_ARGUMENTS && parts[i + 1]; i++)
    into->arguments[into->argument_count++] = read_argument(parts[i + 1]);
}

static instruction read_instruction(char **parts) {
  instruction made = {0};
  made.word = (word)find(script_words, WORD_COUNT, parts[0]);
  switch (made.word) {
    case WORD_YIELD:
    case WORD_ITEM:
    case WORD_RETURN:
      made.value = read_value(parts[1]);
      break;
    case WORD_RAISE:
      read_error(&made, parts + 1);
      break;
    case WORD_EXCEPT:
      made.choice = find(filters, 3, parts[1]);
      break;
    case WORD_AWAIT:
    case WORD_DROP:
      made.node = read_node(parts[1]);
      break;
    case WORD_SEND:
      made.node = read_node(parts[1]);
      made.value = read_value(parts[2]);
      break;
    case WORD_THROW:
      made.node = read_node(parts[1]);
      read_error(&made, parts + 2);
      break;
    case WORD_CLOSE:
      made.node = read_node(parts[1]);
      made.choice = (int)strtol(parts[2], NULL, 10);
      break;
    case WORD_AS:
      read_as(&made, parts + 1);
      break;
    default:
      break;
  }
  return made;
}

/* Tells each try, except and finally where its region ends. */
static void match_regions(node *body) {
  int begins[MAX_REGIONS], depth = 0;
  for (int at = 0; at < body->length; at++) {
    instruction *here = &body->code[at];
    if (here->word == WORD_TRY) {
      if (depth == MAX_REGIONS) walker_fail("too deep", "try");
      begins[depth++] = at;
    } else if (here->word == WORD_EXCEPT || here->word == WORD_FINALLY) {
      body->code[begins[depth - 1]].handler = at;
    } else if (here->word == WORD_END) {
      instruction *begin = &body->code[begins[--depth]];
      begin->end = body->code[begin->handler].end = at;
    }
  }
}

static void add_node(walk *into, char **parts) {
  node *made = &into->nodes[into->node_count++];
  if (into->node_count > MAX_NODES) walker_fail("too many nodes", parts[0]);
  made->kind = (node_kind)find(script_kinds, NODE_COUNT, parts[0]);
  made->length = 0;
  made->handle = baton_none();
  made->object = NULL;
  made->being_made = 0;
  if (made->kind < NODE_ASEND) return;
  made->target = read_node(parts[1]);
  if (made->kind == NODE_ASEND) made->argument.value = read_value(parts[2]);
  if (made->kind == NODE_ATHROW) read_error(&made->argument, parts + 2);
}

int script_read(walk *into) {
  char line[MAX_LINE], *parts[MAX_PARTS];
  into->node_count = into->op_count = 0;
  while (fgets(line, sizeof line, stdin)) {
    if (split(line, parts) == 0) continue;
    if (strcmp(parts[0], "node") == 0) {
      add_node(into, parts + 1);
    } else if (strcmp(parts[0], "op") == 0) {
      if (into->op_count == MAX_OPS) walker_fail("too many calls", "op");
      into->ops[into->op_count++] = read_instruction(parts + 1);
    } else if (strcmp(parts[0], "run") == 0) {
      for (int i = 0; i < into->node_count; i++) match_regions(&into->nodes[i]);
      return 1;
    } else {
      node *body = &into->nodes[into->node_count - 1];
      if (into->node_count == 0 || body->length == MAX_CODE)
        walker_fail("no place for an instruction", parts[0]);
      body->code[body->length++] = read_instruction(parts);
    }
  }
  return 0;
}
