/* SPDX-License-Identifier: MIT */
/*
 * The shortest of all: a coroutine that awaits another one.
 */
#include <baton/author.h>
#include <stdio.h>

/* [hello] */
typedef struct frame {
  baton_place at;
  baton_value child;
} frame;

BATON_RESUME(answer_resume) {
  baton_begin(frame, f);
  baton_return(baton_from_i64(42));
  baton_cleanup;
  baton_end;
}
BATON_CORO(answer, answer_resume, frame, child, 1);

BATON_RESUME(ask_resume) {
  baton_begin(frame, f);
  if (baton_coro_new(&answer, &f->child) != BATON_OK)
    baton_raise(baton_from_kind(BATON_ERROR_NO_MEMORY));
  baton_await(baton_take(&f->child)); /* the result is in *in */
  printf("the answer is %d\n", (int)in->payload.i64);
  baton_cleanup; /* runs on every way out */
  baton_end;
}
BATON_CORO(ask, ask_resume, frame, child, 1);
/* [/hello] */

int main(void) {
  baton_value coroutine = baton_none(), result = baton_none();
  if (baton_coro_new(&ask, &coroutine) != BATON_OK) return 1;
  int32_t status = baton_block_on(&coroutine, &result);
  baton_drop(&result);
  baton_drop(&coroutine);
  return status != BATON_RETURN;
}

/* Prints:
 * the answer is 42
 */
