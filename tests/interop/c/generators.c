/* SPDX-License-Identifier: MIT */
#include "bodies.h"

#define BODY(name) \
  BATON_ASYNC_GENERATOR(name##_body, name##_resume, body_frame, a, BODY_VALUES)

/* items(witness, n): try: n items, from 0  finally: say "cleanup" */
BATON_RESUME(items_resume) {
  baton_begin(body_frame, f);
  f->count = words_number(&f->b);
  for (; f->i < f->count; f->i++) baton_item(baton_from_i64(f->i));
  baton_cleanup;
  words_witness(&f->a)->say("cleanup", 7);
  baton_end;
}
BODY(items);

/* items_fail(): an item, then raise value "no more" */
BATON_RESUME(items_fail_resume) {
  baton_begin(body_frame, f);
  baton_item(baton_from_i64(0));
  baton_raise(baton_error_new(BATON_ERROR_VALUE, "no more"));
  baton_cleanup;
  baton_end;
}
BODY(items_fail);

/* items_echo(): x = none; while true: x = yield item x; none ends it */
BATON_RESUME(items_echo_resume) {
  baton_begin(body_frame, f);
  do {
    baton_item(baton_take(&f->a));
    f->a = baton_take(in);
  } while (!baton_is_none(&f->a));
  baton_cleanup;
  baton_end;
}
BODY(items_echo);

/* items_catch(witness): try: item 0  except e: say e; item 1 */
BATON_RESUME(items_catch_resume) {
  baton_begin(body_frame, f);
  baton_try_item(baton_from_i64(0));
  if (op == BATON_OP_THROW) {
    words line = {.size = 0};
    words_add(&line, "caught ");
    words_error(&line, words_witness(&f->a), in);
    words_say(&line, words_witness(&f->a));
    baton_drop(in);
    baton_item(baton_from_i64(1));
  }
  baton_cleanup;
  baton_end;
}
BODY(items_catch);

/* items_await(x, y): item await x;  item await y */
BATON_RESUME(items_await_resume) {
  baton_begin(body_frame, f);
  baton_await(baton_take(&f->a));
  baton_item(baton_take(in));
  baton_await(baton_take(&f->b));
  baton_item(baton_take(in));
  baton_cleanup;
  baton_end;
}
BODY(items_await);

const body_entry generator_bodies[] = {{"items", &items_body},
                                       {"items_fail", &items_fail_body},
                                       {"items_echo", &items_echo_body},
                                       {"items_catch", &items_catch_body},
                                       {"items_await", &items_await_body},
                                       {NULL, NULL}};
