/* SPDX-License-Identifier: MIT */
#ifndef BATON_WALKER_H
#define BATON_WALKER_H

#include <stddef.h>
#include <stdint.h>

#include <baton/runtime.h>

#include "walker_target.h"

/** @file
 * The executor of walks on libbaton. What a walk is: spec/model/script.py.
 */

enum {
  MAX_NODES = 16,
  MAX_CODE = 128,
  MAX_OPS = 64,
  MAX_REGIONS = 16,
  MAX_ARGUMENTS = 4,
  MAX_NAME = 16
};

/** A value of a script: a number, none, or the last result of the body. */
typedef struct script_value {
  enum { VALUE_NONE, VALUE_NUMBER, VALUE_RESULT } what;
  int64_t number;
} script_value;

/** An argument of an export: `@1`, `value`, '7', 7 or `none`. */
typedef struct script_argument {
  enum { ARGUMENT_NODE, ARGUMENT_KIND, ARGUMENT_TEXT, ARGUMENT_VALUE } what;
  int node;
  uint32_t kind;      /**< of an error; crosses as a number */
  script_value value; /**< the number is the text, if it is one */
} script_argument;

typedef enum word {
  WORD_YIELD,
  WORD_ITEM,
  WORD_PENDING,
  WORD_AWAIT,
  WORD_RETURN,
  WORD_RAISE,
  WORD_RERAISE,
  WORD_TRY,
  WORD_EXCEPT,
  WORD_FINALLY,
  WORD_END,
  WORD_SEND,
  WORD_THROW,
  WORD_CLOSE,
  WORD_DROP,
  WORD_AS,
  WORD_COUNT
} word;

enum { FILTER_ALL, FILTER_ORDINARY, FILTER_EXIT };

/** One instruction, or one call from outside. */
typedef struct instruction {
  word word;
  int node;           /* await, send, throw, close, drop */
  script_value value; /* yield, item, return, send; the message of an error */
  uint32_t kind;      /* raise, throw: of the error */
  int choice;         /* the filter of except; what a close accepts */
  int handler;        /* of try: where its handler begins */
  int end;            /* of try, except, finally: where its end is */
  char name[MAX_NAME];
  script_argument arguments[MAX_ARGUMENTS]; /* of as */
  int argument_count;
} instruction;

typedef enum node_kind {
  NODE_COROUTINE,
  NODE_GENERATOR,
  NODE_ASYNC_GENERATOR,
  NODE_ASEND,
  NODE_ATHROW,
  NODE_ACLOSE,
  NODE_COUNT
} node_kind;

typedef struct node {
  node_kind kind;
  instruction code[MAX_CODE];
  int length;
  int target;           /* of an awaitable: its async generator */
  instruction argument; /* of an awaitable: value, or kind and message */
  baton_value handle;   /* none once it is dropped */
  const void *object;   /* tells what was dropped */
  int being_made;
} node;

/** The walk that runs; there is one at a time. */
typedef struct walk {
  node nodes[MAX_NODES];
  int node_count;
  instruction ops[MAX_OPS];
  int op_count;
} walk;

extern walk current;

/** Reads the next walk from standard input. @return 0 at the end. */
int script_read(walk *into);

extern const char *const script_words[WORD_COUNT];
extern const char *const script_kinds[NODE_COUNT];

/** The name of a kind of error in a trace, and the kind of a name. */
const char *script_error_name(uint32_t kind);
uint32_t script_error_kind(const char *name);

/** The values that a script means. A result counts as none. */
baton_value script_error(uint32_t kind, int64_t message);
baton_value script_number(script_value value);
baton_value script_argument_value(const script_argument *argument);

/** Makes the coroutine, generator or async generator of a node. */
void body_new(int index, baton_value *out);

/** Makes one call of the script, and writes down what it did. `value` is what
 * a send sends; `caller` the number of the node whose body calls, or -1. */
void world_call(const instruction *op, const baton_value *value, int caller);

/** Writes down that a body has caught an error. */
void world_caught(int index, const baton_value *error);

/** The parts of a line of the trace. */
void trace_call(const instruction *op, const baton_value *value, int caller);
void trace_outcome(int32_t status, const baton_value *out);
void trace_end(void);

/** The number of the node that a value is, or -1. */
int trace_index(const baton_value *value);

/** Hooks that write down what they are told. */
void BATON_CALL trace_unraisable(void *arg, const baton_value *error,
                                 const baton_value *where);
void BATON_CALL trace_unawaited(void *arg, const baton_value *self);

/** Ends the program, with a sentence about a walk that cannot be read. */
void walker_fail(const char *sentence, const char *what);

#endif
