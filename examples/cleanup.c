/* SPDX-License-Identifier: MIT */
/*
 * A cleanup that awaits: it runs on every way out of the body, on return,
 * throw, cancel and close, and may suspend again before the body ends.
 */
#include <baton/author.h>
#include <stdio.h>

/* ---- say: prints what it is for, and suspends once ---------------------- */

typedef struct say_frame {
  baton_place at;
  const char *what;
} say_frame;

BATON_RESUME(say_resume) {
  baton_begin(say_frame, f);
  printf("  %s ...\n", f->what);
  baton_yield(baton_none());
  printf("  %s: done\n", f->what);
  baton_cleanup;
  baton_end;
}

BATON_CORO(say, say_resume, say_frame, at, 0);

static baton_value new_say(const char *what) {
  baton_value made = baton_none();
  if (baton_coro_new(&say, &made) == BATON_OK)
    ((say_frame *)baton_coro_frame(&made))->what = what;
  return made; /* none if memory is short: awaiting it is an error */
}

/* ---- transaction: commits, or rolls back -------------------------------- */

typedef struct transaction_frame {
  baton_place at;
  int committed;
} transaction_frame;

BATON_RESUME(transaction_resume) {
  baton_begin(transaction_frame, f);
  baton_await(new_say("write"));
  f->committed = 1;
  baton_cleanup;
  baton_await(new_say(f->committed ? "commit" : "roll back"));
  baton_end;
}

BATON_CORO(transaction, transaction_resume, transaction_frame, at, 0);

/* ---- Four ways out ------------------------------------------------------ */

/* This driver can go on after a suspension, so the cleanup may suspend. */
static baton_context context = {.struct_size = sizeof(baton_context),
                                .abi_major = BATON_ABI_MAJOR,
                                .abi_minor = BATON_ABI_MINOR,
                                .accepts = BATON_ACCEPT_YIELD};

typedef int32_t (*way_out)(const baton_value *coroutine, baton_value *out);

static int32_t by_return(const baton_value *coroutine, baton_value *out) {
  baton_value in = baton_none();
  return baton_send(coroutine, &context, &in, out);
}

static int32_t by_throw(const baton_value *coroutine, baton_value *out) {
  baton_value error = baton_error_new(BATON_ERROR_TIMEOUT, "too slow");
  int32_t status = baton_throw(coroutine, &context, &error, out);
  baton_drop(&error);
  return status;
}

static int32_t by_cancel(const baton_value *coroutine, baton_value *out) {
  baton_value error = baton_from_kind(BATON_ERROR_CANCELLED);
  return baton_throw(coroutine, &context, &error, out);
}

static int32_t by_close(const baton_value *coroutine, baton_value *out) {
  return coroutine->head.type->as_coroutine->close(coroutine, &context, out);
}

/* Starts a transaction, leaves it, and sends none until it has ended. */
static int show(const char *title, way_out leave) {
  baton_value coroutine = baton_none(), in = baton_none(), out = baton_none();
  if (baton_coro_new(&transaction, &coroutine) != BATON_OK) return 0;
  printf("%s\n", title);
  baton_send(&coroutine, &context, &in, &out);
  baton_drop(&out);
  int32_t status = leave(&coroutine, &out);
  while (status == BATON_YIELD) {
    baton_drop(&out);
    status = baton_send(&coroutine, &context, &in, &out);
  }
  printf("  ended with %s\n", status == BATON_ERROR
                                  ? baton_kind_name(baton_error_kind(&out))
                                  : baton_type_name(&out));
  baton_drop(&out);
  baton_drop(&coroutine);
  return 1;
}

int main(void) {
  int shown = show("return", by_return) && show("throw", by_throw) &&
              show("cancel", by_cancel) && show("close", by_close);
  return shown ? 0 : 1;
}

/* Prints:
 * return
 *   write ...
 *   write: done
 *   commit ...
 *   commit: done
 *   ended with none
 * throw
 *   write ...
 *   roll back ...
 *   roll back: done
 *   ended with timeout
 * cancel
 *   write ...
 *   roll back ...
 *   roll back: done
 *   ended with cancelled
 * close
 *   write ...
 *   roll back ...
 *   roll back: done
 *   ended with none
 */
