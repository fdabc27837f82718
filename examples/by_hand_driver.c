/* SPDX-License-Identifier: MIT */
/*
 * A driver written by hand: the headers, no library.
 *
 * It loads the provider named on the command line, checks what it gets before
 * it reads it, and drives the export "countdown" by send, throw and close.
 */
#include <baton/baton.h>
#include <baton/inline.h>
#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Whether a struct is long enough to have a member: nothing at or beyond the
 * size that it tells is read. */
#define HAS(table, type, member) \
  ((table)->struct_size >= offsetof(type, member) + sizeof((table)->member))

static const baton_provider *load_provider(const char *path) {
  baton_provider_entry entry = NULL;
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  void *symbol = library ? dlsym(library, BATON_PROVIDER_SYMBOL) : NULL;
  if (symbol) memcpy(&entry, &symbol, sizeof entry);
  return entry ? entry() : NULL;
}

static int provider_is_usable(const baton_provider *provider) {
  return provider && HAS(provider, baton_provider, export_count) &&
         provider->magic == BATON_PROVIDER_MAGIC &&
         provider->abi_major == BATON_ABI_MAJOR;
}

static const baton_export *find_export(const baton_provider *provider,
                                       const char *name) {
  for (uint64_t i = 0; i < provider->export_count; i++) {
    const baton_export *found = provider->exports[i];
    if (HAS(found, baton_export, create) && !strcmp(found->name, name))
      return found;
  }
  return NULL;
}

/* Once per type, before its first call; no call checks again. */
static int type_is_usable(const baton_type *type) {
  if ((uintptr_t)type % sizeof(void *) != 0) return 0;
  if (type->struct_size < BATON_TYPE_PREFIX_SIZE) return 0;
  if (type->magic != BATON_TYPE_MAGIC) return 0;
  if (type->abi_major != BATON_ABI_MAJOR) return 0;
  if (type->flags & BATON_TYPE_CRITICAL) return 0;
  if (!type->retain || !type->release) return 0;
  if (!HAS(type, baton_type, as_coroutine) || !type->as_coroutine) return 0;
  const baton_coroutine_methods *slots = type->as_coroutine;
  return HAS(slots, baton_coroutine_methods, close) && slots->send &&
         slots->throw_ && slots->close;
}

/* ---- Printing ----------------------------------------------------------- */

static void print_value(const baton_value *value) {
  if (value->head.tag == BATON_TAG_I64)
    printf("%" PRIi64, value->payload.i64);
  else if (baton_is_error(value))
    printf("of kind %" PRIu32, baton_error_kind(value));
  else
    printf("%s", baton_type_name(value));
}

/* Prints one call, and drops what the callee left: after any return both
 * values are the caller's. */
static void report(const char *call, int32_t status, baton_value *in,
                   baton_value *out) {
  printf("%-12s -> ", call);
  if (baton_is_refusal(status)) {
    printf("refusal %" PRIi32 ": nothing happened\n", status);
  } else {
    printf("%s ", status == BATON_RETURN  ? "return"
                  : status == BATON_YIELD ? "yield"
                  : status == BATON_ERROR ? "error"
                                          : "unknown status");
    print_value(out);
    printf("\n");
  }
  baton_drop(in);
  baton_drop(out);
}

/* ---- Driving ------------------------------------------------------------ */

/* Accepts yielded values. It has no waker, so it does not accept PENDING. */
static baton_context context = {.struct_size = sizeof(baton_context),
                                .abi_major = BATON_ABI_MAJOR,
                                .abi_minor = BATON_ABI_MINOR,
                                .accepts = BATON_ACCEPT_YIELD};

static void send_value(const baton_value *coroutine, const char *call,
                       baton_value in) {
  baton_value out = baton_none();
  int32_t status = baton_send(coroutine, &context, &in, &out);
  report(call, status, &in, &out);
}

static void throw_kind(const baton_value *coroutine, const char *call,
                       uint32_t kind) {
  baton_value error = baton_from_kind(kind), out = baton_none();
  int32_t status = baton_throw(coroutine, &context, &error, &out);
  report(call, status, &error, &out);
}

static void close_it(const baton_value *coroutine) {
  baton_value in = baton_none(), out = baton_none();
  const baton_coroutine_methods *slots = coroutine->head.type->as_coroutine;
  report("close", slots->close(coroutine, &context, &out), &in, &out);
}

static void drive(const baton_value *coroutine) {
  send_value(coroutine, "send 5", baton_from_i64(5)); /* it has not started */
  send_value(coroutine, "send none", baton_none());
  send_value(coroutine, "send 10", baton_from_i64(10));
  throw_kind(coroutine, "throw value", BATON_ERROR_VALUE);
  send_value(coroutine, "send 20", baton_from_i64(20));
  close_it(coroutine);
  send_value(coroutine, "send none", baton_none());
}

int main(int argc, char **argv) {
  baton_value argument = baton_from_i64(3), coroutine = baton_none();
  const baton_provider *provider = argc > 1 ? load_provider(argv[1]) : NULL;
  if (!provider_is_usable(provider)) return 1;
  const baton_export *found = find_export(provider, "countdown");
  if (!found) return 1;
  printf("%s %s: %s\n", provider->name, found->name, found->summary);
  if (found->create(found, &context, &argument, 1, &coroutine)) return 1;
  if (!baton_is_object(&coroutine) || !type_is_usable(coroutine.head.type))
    return 1;
  drive(&coroutine);
  baton_drop(&coroutine);
  return 0;
}

/* Prints:
 * by-hand countdown: yields n ... 1, returns the sum of what it is sent
 * send 5       -> error of kind 2
 * send none    -> yield 3
 * send 10      -> yield 2
 * throw value  -> yield 3
 * send 20      -> yield 2
 * close        -> return none
 * send none    -> refusal -17: nothing happened
 */
