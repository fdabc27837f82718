/* SPDX-License-Identifier: MIT */
#ifndef BATON_WALKER_H
#define BATON_WALKER_H

#include <stddef.h>
#include <stdint.h>

#include <baton/runtime.h>

/** @file
 * The executor of walks on libbaton. What a walk is: spec/model/script.py.
 */

enum { MAX_NODES = 16, MAX_CODE = 128, MAX_OPS = 64, MAX_REGIONS = 16 };

/** A value of a script: a number, none, or the last result of the body. */
typedef struct script_value {
  enum { VALUE_NONE, VALUE_NUMBER, VALUE_RESULT } what;
  int64_t number;
} script_value;

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

/** The error that a script means. */
baton_value script_error(uint32_t kind, int64_t message);

/** Makes the coroutine, generator or async generator of a node. */
void body_new(int index, baton_value *out);

/** Makes one call of the script, and writes down what it did. `caller` is the
 * number of the node whose body calls, or -1. */
void world_call(const instruction *op, script_value value, int caller);

/** Writes down that a body has caught an error. */
void world_caught(int index, const baton_value *error);

/** Ends the program, with a sentence about a walk that cannot be read. */
void walker_fail(const char *sentence, const char *what);

#endif
