/* SPDX-License-Identifier: MIT */
#include <pthread.h>

#include "bodies.h"

#define BODY(name) \
  BATON_CORO(name##_body, name##_resume, body_frame, a, BODY_VALUES)

static void say(const interop_witness *witness, const char *text) {
  words line = {.size = 0};
  words_add(&line, "%s", text);
  words_say(&line, witness);
}

static void say_caught(const interop_witness *witness,
                       const baton_value *error) {
  words line = {.size = 0};
  words_add(&line, "caught ");
  words_error(&line, witness, error);
  words_say(&line, witness);
}

static baton_value text(const char *terminated) {
  baton_value made = baton_none();
  uint64_t size = 0;
  while (terminated[size]) size++;
  baton_text_new(terminated, size, &made);
  return made;
}

/* An error of kind `a` with the message `b`, which may be none. */
static baton_value error_of(const baton_value *kind,
                            const baton_value *message) {
  baton_text_view view;
  uint32_t number = (uint32_t)words_number(kind);
  if (baton_text_of(message, &view) != BATON_OK) return baton_from_kind(number);
  return baton_error_new(number, "%.*s", (int)view.size, view.data);
}

/* give(v): return v */
BATON_RESUME(give_resume) {
  baton_begin(body_frame, f);
  baton_return(baton_take(&f->a));
  baton_cleanup;
  baton_end;
}
BODY(give);

/* echo(v): return (yield v) */
BATON_RESUME(echo_resume) {
  baton_begin(body_frame, f);
  baton_yield(baton_take(&f->a));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BODY(echo);

/* turns(n): for i in range(n): yield i;  return n */
BATON_RESUME(turns_resume) {
  baton_begin(body_frame, f);
  f->count = words_number(&f->a);
  for (; f->i < f->count; f->i++) baton_yield(baton_from_i64(f->i));
  baton_return(baton_from_i64(f->count));
  baton_cleanup;
  baton_end;
}
BODY(turns);

/* fail(kind, message): raise */
BATON_RESUME(fail_resume) {
  baton_begin(body_frame, f);
  baton_raise(error_of(&f->a, &f->b));
  baton_cleanup;
  baton_end;
}
BODY(fail);

/* fail_os(number, message): raise, with the number as payload */
BATON_RESUME(fail_os_resume) {
  baton_begin(body_frame, f);
  baton_value kind = baton_from_i64(BATON_ERROR_OS);
  baton_value error = error_of(&kind, &f->b);
  baton_value number = baton_from_i64(words_number(&f->a));
  baton_error_set_payload(&error, &number);
  baton_raise(error);
  baton_cleanup;
  baton_end;
}
BODY(fail_os);

/* fail_because(): raise value "outer" because of runtime "inner" */
BATON_RESUME(fail_because_resume) {
  baton_begin(body_frame, f);
  baton_value error = baton_error_new(BATON_ERROR_VALUE, "outer");
  baton_value cause = baton_error_new(BATON_ERROR_RUNTIME, "inner");
  baton_error_set_cause(&error, &cause);
  baton_raise(error);
  baton_cleanup;
  baton_end;
}
BODY(fail_because);

/* panic(message): what is broken in the language's own way */
BATON_RESUME(panic_resume) {
  baton_begin(body_frame, f);
  baton_value kind = baton_from_i64((int64_t)BATON_ERROR_PANIC);
  baton_raise(error_of(&kind, &f->a));
  baton_cleanup;
  baton_end;
}
BODY(panic);

/* hold(witness, v): try: return (yield)  finally: say "cleanup" */
BATON_RESUME(hold_resume) {
  baton_begin(body_frame, f);
  f->witness = words_witness(&f->a);
  baton_yield(baton_none());
  baton_return(baton_take(in));
  baton_cleanup;
  say(words_witness(&f->a), "cleanup");
  baton_end;
}
BODY(hold);

/* guard(witness, x): try: return await x  finally: say "cleanup" */
BATON_RESUME(guard_resume) {
  baton_begin(body_frame, f);
  baton_await(baton_take(&f->b));
  baton_return(baton_take(in));
  baton_cleanup;
  say(words_witness(&f->a), "cleanup");
  baton_end;
}
BODY(guard);

/* relay(x): return await x */
BATON_RESUME(relay_resume) {
  baton_begin(body_frame, f);
  baton_await(baton_take(&f->a));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BODY(relay);

/* rescue(witness, x): try: return await x
 * except e: say "caught e"; return "rescued" */
BATON_RESUME(rescue_resume) {
  baton_begin(body_frame, f);
  baton_try_await(baton_take(&f->b));
  if (op != BATON_OP_THROW) baton_return(baton_take(in));
  say_caught(words_witness(&f->a), in);
  baton_return(text("rescued"));
  baton_cleanup;
  baton_end;
}
BODY(rescue);

/* catch(witness): try: return (yield)  except e: say e; return "caught" */
BATON_RESUME(catch_resume) {
  baton_begin(body_frame, f);
  baton_try_yield(baton_none());
  if (op != BATON_OP_THROW) baton_return(baton_take(in));
  say_caught(words_witness(&f->a), in);
  baton_return(text("caught"));
  baton_cleanup;
  baton_end;
}
BODY(catch);

/* answer(witness): try: return (yield)
 * except e: say e; say (yield "cleaning"); raise */
BATON_RESUME(answer_resume) {
  baton_begin(body_frame, f);
  f->witness = words_witness(&f->a);
  baton_try_yield(baton_none());
  if (op != BATON_OP_THROW) baton_return(baton_take(in));
  say_caught(f->witness, in);
  f->b = baton_take(in);
  baton_yield(text("cleaning"));
  words line = {.size = 0};
  words_add(&line, "cleaned ");
  words_value(&line, f->witness, in);
  words_say(&line, f->witness);
  baton_raise(baton_take(&f->b));
  baton_cleanup;
  baton_end;
}
BODY(answer);

/* ignore(): try: yield  except: pass;  return (yield "ignored") */
BATON_RESUME(ignore_resume) {
  baton_begin(body_frame, f);
  baton_try_yield(baton_none());
  if (op == BATON_OP_THROW) baton_drop(in);
  baton_yield(text("ignored"));
  baton_return(baton_take(in));
  baton_cleanup;
  baton_end;
}
BODY(ignore);

/* replace(): try: yield  except: raise value "instead" */
BATON_RESUME(replace_resume) {
  baton_begin(body_frame, f);
  baton_try_yield(baton_none());
  baton_raise(baton_error_new(BATON_ERROR_VALUE, "instead"));
  baton_cleanup;
  baton_end;
}
BODY(replace);

/* act(witness, name): do it;  return none */
BATON_RESUME(act_resume) {
  baton_begin(body_frame, f);
  baton_text_view name = {"", 0};
  baton_text_of(&f->b, &name);
  words_witness(&f->a)->act(name.data, name.size);
  baton_cleanup;
  baton_end;
}
BODY(act);

/* ---- A wait of the language's own --------------------------------------- */

static struct {
  pthread_mutex_t lock;
  const baton_waker *waker;
  int open;
} sleeper = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* @return whether it is time; else the waker is kept. */
static int sleeper_look(const baton_waker *waker) {
  const baton_waker *clone = NULL, *old;
  waker->methods->clone(waker, &clone);
  pthread_mutex_lock(&sleeper.lock);
  old = sleeper.waker;
  sleeper.waker = clone;
  int open = sleeper.open;
  pthread_mutex_unlock(&sleeper.lock);
  if (old) old->methods->drop(old);
  return open;
}

void bodies_ring(int64_t what) {
  const baton_waker *waker = NULL;
  pthread_mutex_lock(&sleeper.lock);
  sleeper.open = what == 1;
  if (what == 2) {
    waker = sleeper.waker;
    sleeper.waker = NULL;
  } else if (sleeper.waker) {
    sleeper.waker->methods->clone(sleeper.waker, &waker);
  }
  pthread_mutex_unlock(&sleeper.lock);
  if (!waker) return;
  if (what == 2)
    waker->methods->drop(waker);
  else
    waker->methods->wake(waker);
}

/* sleep(witness): try: wait for a ring; return "awake"
 * finally: say "cleanup" */
BATON_RESUME(sleep_resume) {
  baton_begin(body_frame, f);
  while (!sleeper_look(cx->waker)) baton_wait();
  baton_return(text("awake"));
  baton_cleanup;
  say(words_witness(&f->a), "cleanup");
  baton_end;
}
BODY(sleep);

/* ---- async for ----------------------------------------------------------- */

static int32_t ask_iterator(body_frame *f, baton_context *cx,
                            baton_value *out) {
  const baton_async_methods *methods = f->b.head.type->as_async;
  return methods && methods->am_aiter ? methods->am_aiter(&f->b, cx, out)
                                      : BATON_UNSUPPORTED;
}

/* collect(witness, items, n): async for x in items: say "item x"; the n-th
 * breaks, with aclose;  return how many there were */
BATON_RESUME(collect_resume) {
  baton_begin(body_frame, f);
  f->witness = words_witness(&f->a);
  f->count = words_number(&f->c);
  baton_drop(&f->c);
  if (ask_iterator(f, cx, &f->c) != BATON_OWNED)
    baton_raise(baton_error_new(BATON_ERROR_TYPE, "not iterable"));
  baton_async_for(&f->c) {
    words line = {.size = 0};
    words_add(&line, "item ");
    words_value(&line, f->witness, in);
    words_say(&line, f->witness);
    if (++f->i == f->count) break;
  }
  if (f->i == f->count) {
    const baton_async_generator *table =
        baton_find(&f->c, BATON_EXT_ASYNC_GENERATOR);
    baton_value closing = baton_none();
    if (table) {
      baton_check(table->aclose(&f->c, cx, &closing));
      baton_await(baton_take(&closing));
    }
  }
  baton_return(baton_from_i64(f->i));
  baton_cleanup;
  baton_end;
}
BODY(collect);

const body_entry coroutine_bodies[] = {{"give", &give_body},
                                       {"echo", &echo_body},
                                       {"turns", &turns_body},
                                       {"fail", &fail_body},
                                       {"fail_os", &fail_os_body},
                                       {"fail_because", &fail_because_body},
                                       {"panic", &panic_body},
                                       {"hold", &hold_body},
                                       {"guard", &guard_body},
                                       {"relay", &relay_body},
                                       {"rescue", &rescue_body},
                                       {"catch", &catch_body},
                                       {"answer", &answer_body},
                                       {"ignore", &ignore_body},
                                       {"replace", &replace_body},
                                       {"act", &act_body},
                                       {"sleep", &sleep_body},
                                       {"collect", &collect_body},
                                       {NULL, NULL}};
