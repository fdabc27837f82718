/* SPDX-License-Identifier: MIT */
/*
 * An async generator in C and its consumer, an `async for`.
 */
#include <baton/author.h>
#include <inttypes.h>
#include <stdio.h>

/* ---- pause: lets others run --------------------------------------------- */

typedef struct pause_frame {
  baton_place at;
} pause_frame;

BATON_RESUME(pause_resume) {
  baton_begin(pause_frame, f);
  cx->waker->methods->wake_by_ref(cx->waker); /* a wake may come early */
  baton_wait();
  baton_cleanup;
  baton_end;
}

BATON_CORO(pause, pause_resume, pause_frame, at, 0);

/* ---- squares: an async generator that awaits ---------------------------- */

typedef struct squares_frame {
  baton_place at;
  baton_value paused;
  int64_t number, limit;
} squares_frame;

BATON_RESUME(squares_resume) {
  baton_begin(squares_frame, f);
  for (f->number = 1; f->number <= f->limit; f->number++) {
    if (baton_coro_new(&pause, &f->paused) != BATON_OK)
      baton_raise(baton_from_kind(BATON_ERROR_NO_MEMORY));
    baton_await(baton_take(&f->paused));
    baton_item(baton_from_i64(f->number * f->number));
  }
  baton_cleanup;
  printf("squares ends after %" PRIi64 "\n", f->number - 1);
  baton_end;
}

BATON_ASYNC_GENERATOR(squares, squares_resume, squares_frame, paused, 1);

/* ---- sum: consumes it --------------------------------------------------- */

typedef struct sum_frame {
  baton_place at;
  baton_value numbers; /* an async iterator */
  int64_t total;
} sum_frame;

BATON_RESUME(sum_resume) {
  baton_begin(sum_frame, f);
  baton_async_for(&f->numbers) {
    printf("item %" PRIi64 "\n", in->payload.i64);
    f->total += in->payload.i64;
  }
  baton_return(baton_from_i64(f->total));
  baton_cleanup;
  baton_end;
}

BATON_CORO(sum, sum_resume, sum_frame, numbers, 1);

/* ---- Running it --------------------------------------------------------- */

static int32_t make_sum_of_squares(int64_t limit, baton_value *out) {
  int32_t status = baton_coro_new(&sum, out);
  if (status != BATON_OK) return status;
  baton_value *numbers = &((sum_frame *)baton_coro_frame(out))->numbers;
  status = baton_coro_new(&squares, numbers);
  if (status != BATON_OK) return status;
  ((squares_frame *)baton_coro_frame(numbers))->limit = limit;
  return BATON_OK;
}

int main(void) {
  baton_value coroutine = baton_none(), result = baton_none();
  if (make_sum_of_squares(4, &coroutine) != BATON_OK) return 1;
  if (baton_block_on(&coroutine, &result) != BATON_RETURN) return 1;
  printf("sum %" PRIi64 "\n", result.payload.i64);
  baton_drop(&result);
  baton_drop(&coroutine);
  return 0;
}

/* Prints:
 * item 1
 * item 4
 * item 9
 * item 16
 * squares ends after 4
 * sum 30
 */
