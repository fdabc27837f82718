/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "object.h"

static void BATON_CALL print_unraisable(void *arg, const baton_value *error,
                                        const baton_value *where) {
  char text[1024];
  (void)arg;
  baton_error_print(error, text, sizeof text);
  fprintf(stderr, "Exception ignored while closing %s\n%s\n",
          baton_is_none(where) ? "a value" : baton_type_name(where), text);
}

static void BATON_CALL print_unawaited(void *arg, const baton_value *self) {
  const baton_introspect *table = baton_find(self, BATON_EXT_INTROSPECT);
  baton_text_view name = baton_view("?"), whole = name;
  uint32_t kind = BATON_KIND_COROUTINE;
  (void)arg;
  if (table) {
    table->kind(self, &kind);
    table->name(self, &name);
    if (table->qualified_name) table->qualified_name(self, &whole);
  }
  if (kind == BATON_KIND_AWAITABLE)
    fprintf(stderr, "coroutine method '%.*s' of '%.*s' was never awaited\n",
            (int)name.size, name.data, (int)whole.size, whole.data);
  else
    fprintf(stderr, "coroutine '%.*s' was never awaited\n", (int)whole.size,
            whole.data);
}

static baton_unraisable unraisable = print_unraisable;
static void *unraisable_arg;
static baton_unawaited unawaited = print_unawaited;
static void *unawaited_arg;

void baton_set_unraisable_hook(baton_unraisable hook, void *arg) {
  unraisable = hook ? hook : print_unraisable;
  unraisable_arg = arg;
}

void baton_set_unawaited_hook(baton_unawaited hook, void *arg) {
  unawaited = hook ? hook : print_unawaited;
  unawaited_arg = arg;
}

void baton_unraisable_error(const baton_value *error,
                            const baton_value *where) {
  unraisable(unraisable_arg, error, where);
}

void baton_unawaited_coroutine(const baton_value *self) {
  unawaited(unawaited_arg, self);
}
