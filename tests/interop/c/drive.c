/* SPDX-License-Identifier: MIT */
#include "drive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- A waker that notes that it was woken -------------------------------- */

typedef struct bell {
  baton_waker waker;
  int count, wakes;
} bell;

static bell *bell_of(const baton_waker *self) {
  return (bell *)(uintptr_t)self;
}

static int32_t BATON_CALL bell_clone(const baton_waker *self,
                                     const baton_waker **out) {
  __atomic_fetch_add(&bell_of(self)->count, 1, __ATOMIC_RELAXED);
  *out = self;
  return BATON_OK;
}

static int32_t BATON_CALL bell_wake_by_ref(const baton_waker *self) {
  __atomic_fetch_add(&bell_of(self)->wakes, 1, __ATOMIC_RELEASE);
  return BATON_OK;
}

static int32_t BATON_CALL bell_drop(const baton_waker *self) {
  if (__atomic_sub_fetch(&bell_of(self)->count, 1, __ATOMIC_ACQ_REL) == 0)
    free(bell_of(self));
  return BATON_OK;
}

static int32_t BATON_CALL bell_wake(const baton_waker *self) {
  bell_wake_by_ref(self);
  return bell_drop(self);
}

static bell *bell_new(void) {
  static const baton_waker_methods methods = {
      sizeof methods, 0, bell_clone, bell_wake, bell_wake_by_ref, bell_drop};
  bell *made = calloc(1, sizeof *made);
  if (!made) abort();
  made->waker.methods = &methods;
  made->count = 1;
  return made;
}

/* Whether it was woken since the last time. */
static int bell_was_rung(bell *self) {
  return __atomic_exchange_n(&self->wakes, 0, __ATOMIC_ACQUIRE) > 0;
}

/* ---- The drive ---------------------------------------------------------- */

typedef struct driving {
  const interop_witness *witness;
  baton_value *objects; /* what was given */
  baton_value handles[2];
  int now;           /* which of the two is driven */
  baton_value last;  /* what was given last */
  baton_value token; /* what is subscribed to, or none */
  bell *bell;
  baton_context cx;
} driving;

static baton_value *handle_of(driving *self) {
  return &self->handles[self->now];
}

static void say(driving *self, const char *line) {
  self->witness->say(line, strlen(line));
}

static void forget_token(driving *self) {
  const baton_wait *wait = baton_find(&self->token, BATON_EXT_WAIT);
  if (wait) wait->unsubscribe(&self->token, &self->bell->waker);
  baton_drop(&self->token);
}

/* A token that can be waited for makes a YIELD into PENDING. */
static int32_t waited(driving *self, baton_value *out) {
  const baton_wait *wait = baton_find(out, BATON_EXT_WAIT);
  int32_t status;
  if (!wait) return BATON_YIELD;
  status = wait->subscribe(out, &self->bell->waker);
  if (status != BATON_OK) return status;
  self->token = baton_take(out);
  return BATON_PENDING;
}

static void say_outcome(driving *self, int32_t status, baton_value *out) {
  words line = {.size = 0};
  if (status == BATON_YIELD) status = waited(self, out);
  if (baton_is_refusal(status)) {
    *out = baton_error_from_refusal(status, handle_of(self));
    status = BATON_ERROR;
  }
  if (status == BATON_PENDING) {
    words_add(&line, "pending");
  } else if (status == BATON_ERROR) {
    words_error(&line, self->witness, out);
  } else {
    words_add(&line, status == BATON_YIELD    ? "yield "
                     : status == BATON_RETURN ? "return "
                                              : "unknown ");
    words_value(&line, self->witness, out);
  }
  words_say(&line, self->witness);
  baton_drop(&self->last);
  self->last = baton_take(out);
}

/* Makes `*awaitable`, taken, what is driven. */
static int32_t await_it(driving *self, baton_value *awaitable,
                        baton_value *out) {
  int32_t status = baton_await_handle(awaitable, &self->cx, out);
  baton_drop(awaitable);
  if (status == BATON_OK) *handle_of(self) = baton_take(out);
  return status;
}

/* The handle of what was given, asked for at the first use. */
static int32_t begin(driving *self, baton_value *out) {
  baton_value copy;
  int32_t status;
  if (!baton_is_none(handle_of(self))) return BATON_OK;
  status = baton_copy(&self->objects[self->now], &copy);
  return status == BATON_OK ? await_it(self, &copy, out) : status;
}

static void send(driving *self, baton_value value) {
  baton_value out = baton_none();
  int32_t status = begin(self, &out);
  if (status == BATON_OK)
    status = baton_send(handle_of(self), &self->cx, &value, &out);
  baton_drop(&value);
  say_outcome(self, status, &out);
}

static void throw_in(driving *self, baton_value error) {
  baton_value out = baton_none();
  int32_t status = begin(self, &out);
  forget_token(self);
  if (status == BATON_OK)
    status = baton_throw(handle_of(self), &self->cx, &error, &out);
  baton_drop(&error);
  say_outcome(self, status, &out);
}

/* As a caller who does not wait. */
static void close_it(driving *self) {
  baton_value out = baton_none();
  int32_t status = begin(self, &out);
  forget_token(self);
  if (status == BATON_OK) status = baton_close(handle_of(self), &out);
  say_outcome(self, status, &out);
}

static void say_state(driving *self) {
  static const char *const names[] = {"state created", "state running",
                                      "state suspended", "state closed"};
  baton_value out = baton_none();
  uint32_t state = 4;
  int32_t status = begin(self, &out);
  const baton_introspect *introspect =
      baton_find(handle_of(self), BATON_EXT_INTROSPECT);
  if (introspect) introspect->state(handle_of(self), &state);
  if (status == BATON_OK)
    say(self, state < 4 ? names[state] : "state unknown");
  else
    say_outcome(self, status, &out);
}

/* Steps of an async iterator make an awaitable each. */
static void step_items(driving *self, const char *step, const char *rest) {
  const baton_value *object = &self->objects[self->now];
  const baton_async_generator *table =
      baton_find(object, BATON_EXT_ASYNC_GENERATOR);
  baton_value in = baton_none(), made = baton_none(), out = baton_none();
  int32_t status = BATON_UNSUPPORTED;
  baton_drop(handle_of(self));
  if (strcmp(step, "anext") == 0) {
    status = object->head.type->as_async->am_anext(object, &self->cx, &made);
  } else if (table && strcmp(step, "asend") == 0) {
    in = words_read_value(rest);
    status = table->asend(object, &self->cx, &in, &made);
  } else if (table && strcmp(step, "athrow") == 0) {
    in = words_read_error(rest);
    status = table->athrow(object, &self->cx, &in, &made);
  } else if (table) {
    status = table->aclose(object, &self->cx, &made);
  }
  baton_drop(&in);
  if (status == BATON_OK) status = await_it(self, &made, &out);
  if (status == BATON_OK)
    send(self, baton_none());
  else
    say_outcome(self, status, &out);
}

/* A function's name, without what bodies in C are marked by, nor the path that
 * Rust qualifies it with. */
static void add_name(words *line, baton_text_view name) {
  char text[128];
  snprintf(text, sizeof text, "%.*s", (int)name.size, name.data);
  char *mark = strstr(text, "_body"), *path = strrchr(text, ':');
  if (mark) *mark = 0;
  words_add(line, " %s", path ? path + 1 : text);
}

/* The functions that the latest error has passed, innermost first. */
static void say_frames(driving *self) {
  words line = {.size = 0};
  baton_frame frames[2 * BATON_FRAMES_KEPT];
  uint32_t kept = 0;
  uint64_t elided = 0;
  const baton_error_methods *methods =
      baton_is_object(&self->last) ? self->last.head.type->as_error : NULL;
  if (methods && methods->frames)
    methods->frames(&self->last, frames, 2 * BATON_FRAMES_KEPT, &kept, &elided);
  words_add(&line, "frames");
  for (uint32_t i = 0; i < kept; i++)
    add_name(&line,
             (baton_text_view){frames[i].function, strlen(frames[i].function)});
  words_say(&line, self->witness);
}

static void BATON_CALL add_member(void *line, const baton_value *member,
                                  baton_text_view name, uint32_t state,
                                  uint32_t kind, const baton_frame *location) {
  (void)member, (void)state, (void)kind, (void)location;
  add_name(line, name);
}

/* Who awaits whom, the outermost first. */
static void say_chain(driving *self) {
  words line = {.size = 0};
  words_add(&line, "chain");
  baton_await_chain(handle_of(self), add_member, &line);
  words_say(&line, self->witness);
}

static void let_go(driving *self) {
  forget_token(self);
  for (int i = 0; i < 2; i++) {
    baton_drop(&self->handles[i]);
    baton_drop(&self->objects[i]);
  }
  baton_drop(&self->last);
}

static void take_step(driving *self, char *step) {
  char *rest = strchr(step, ' ');
  if (rest) *rest++ = 0;
  if (strcmp(step, "send") == 0) {
    forget_token(self);
    send(self, strcmp(rest, "last") == 0 ? baton_take(&self->last)
                                         : words_read_value(rest));
  } else if (strcmp(step, "throw") == 0) {
    throw_in(self, words_read_error(rest));
  } else if (strcmp(step, "close") == 0) {
    close_it(self);
  } else if (strcmp(step, "state") == 0) {
    say_state(self);
  } else if (strcmp(step, "frames") == 0) {
    say_frames(self);
  } else if (strcmp(step, "chain") == 0) {
    say_chain(self);
  } else if (strcmp(step, "other") == 0) {
    self->now = !self->now;
    say(self, "other");
  } else if (strcmp(step, "do") == 0) {
    self->witness->act(rest, strlen(rest));
    say(self, "done");
  } else if (strcmp(step, "wait") == 0) {
    say(self, bell_was_rung(self->bell) ? "woken" : "not woken");
  } else if (strcmp(step, "drop") == 0) {
    let_go(self);
    say(self, "dropped");
  } else {
    step_items(self, step, rest);
  }
}

void drive(baton_value objects[2], baton_text_view script,
           const interop_witness *witness) {
  driving self = {.witness = witness, .objects = objects, .bell = bell_new()};
  char *text = calloc(1, script.size + 1), *next = text;
  if (text) memcpy(text, script.data, script.size);
  self.cx = (baton_context){
      .struct_size = sizeof self.cx,
      .abi_major = BATON_ABI_MAJOR,
      .abi_minor = BATON_ABI_MINOR,
      .accepts = BATON_ACCEPT_YIELD | BATON_ACCEPT_PENDING,
      .waker = &self.bell->waker,
  };
  while (next && *next) {
    char *step = next;
    next = strchr(step, '\n');
    if (next) *next++ = 0;
    take_step(&self, step);
  }
  let_go(&self);
  free(text);
  self.bell->waker.methods->drop(&self.bell->waker);
}
