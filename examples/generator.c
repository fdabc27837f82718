/* SPDX-License-Identifier: MIT */
/*
 * A generator in C: the running mean of the numbers that it is sent.
 */
#include <baton/author.h>
#include <stdio.h>
#include <string.h>

typedef struct mean_frame {
  baton_place at;
  double sum, count, mean;
} mean_frame;

BATON_RESUME(mean_resume) {
  baton_begin(mean_frame, f);
  for (;;) {
    baton_yield(baton_from_f64(f->mean)); /* what is sent is in *in */
    if (in->head.tag != BATON_TAG_F64)
      baton_raise(baton_error_new(BATON_ERROR_TYPE, "send me a float, not %s",
                                  baton_type_name(in)));
    f->sum += in->payload.f64;
    f->mean = f->sum / ++f->count;
  }
  baton_cleanup;
  printf("the body ends after %.0f numbers\n", f->count);
  baton_end;
}

BATON_GENERATOR(mean, mean_resume, mean_frame, at, 0);

/* ---- Driving it --------------------------------------------------------- */

static baton_context context = {.struct_size = sizeof(baton_context),
                                .abi_major = BATON_ABI_MAJOR,
                                .abi_minor = BATON_ABI_MINOR,
                                .accepts = BATON_ACCEPT_YIELD};

static void report(int32_t status, baton_value *out) {
  char text[512];
  if (status == BATON_YIELD) {
    printf("mean: %g\n", out->payload.f64);
  } else if (status == BATON_RETURN) {
    printf("returned\n");
  } else if (status == BATON_ERROR) {
    baton_error_print(out, text, sizeof text);
    printf("error: %.*s\n", (int)strcspn(text, "\n"), text);
  } else {
    printf("refused\n");
  }
  baton_drop(out);
}

static void send_value(const baton_value *generator, baton_value in) {
  baton_value out = baton_none();
  report(baton_send(generator, &context, &in, &out), &out);
  baton_drop(&in);
}

static void feed_and_close(const baton_value *generator) {
  baton_value out = baton_none();
  send_value(generator, baton_from_f64(1)); /* not started: takes none only */
  send_value(generator, baton_none());
  send_value(generator, baton_from_f64(10));
  send_value(generator, baton_from_f64(20));
  send_value(generator, baton_from_f64(60));
  report(baton_close(generator, &out), &out);
  send_value(generator, baton_none()); /* an ended generator returns none */
}

static void feed_it_nonsense(const baton_value *generator) {
  send_value(generator, baton_none());
  send_value(generator, baton_from_bool(1));
}

int main(void) {
  baton_value first = baton_none(), second = baton_none();
  if (baton_coro_new(&mean, &first) != BATON_OK ||
      baton_coro_new(&mean, &second) != BATON_OK)
    return 1;
  feed_and_close(&first);
  feed_it_nonsense(&second);
  baton_drop(&first);
  baton_drop(&second);
  return 0;
}

/* Prints:
 * error: type-error: can't send non-None value to a just-started generator
 * mean: 0
 * mean: 10
 * mean: 15
 * mean: 30
 * the body ends after 3 numbers
 * returned
 * returned
 * mean: 0
 * the body ends after 0 numbers
 * error: type-error: send me a float, not bool
 */
