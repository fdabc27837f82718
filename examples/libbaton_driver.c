/* SPDX-License-Identifier: MIT */
/*
 * A driver with libbaton: a coroutine of the provider named on the command
 * line is awaited by one of this program, and the chain of both is driven.
 * The provider may have been written by hand, or bring its own libbaton.
 */
#include <baton/author.h>
#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const baton_provider *load_provider(const char *path) {
  baton_provider_entry entry = NULL;
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  void *symbol = library ? dlsym(library, BATON_PROVIDER_SYMBOL) : NULL;
  if (symbol) memcpy(&entry, &symbol, sizeof entry);
  const baton_provider *provider = entry ? entry() : NULL;
  if (!provider || provider->magic != BATON_PROVIDER_MAGIC ||
      provider->abi_major != BATON_ABI_MAJOR || provider->export_count < 1)
    return NULL;
  return provider;
}

/* ---- A coroutine that awaits a foreign one ------------------------------ */

typedef struct twice_frame {
  baton_place at;
  baton_value part; /* dropped by the library */
} twice_frame;

/* Returns twice what the awaited coroutine returns. Nothing here forwards
 * yielded and sent values: that is the driver's work. */
BATON_RESUME(twice_resume) {
  baton_begin(twice_frame, f);
  baton_await(baton_take(&f->part));
  baton_return(baton_from_i64(2 * in->payload.i64));
  baton_cleanup;
  printf("  twice cleans up\n");
  baton_end;
}

BATON_CORO(twice, twice_resume, twice_frame, part, 1);

/* This driver accepts yielded values; it has no waker for PENDING. */
static baton_context context = {.struct_size = sizeof(baton_context),
                                .abi_major = BATON_ABI_MAJOR,
                                .abi_minor = BATON_ABI_MINOR,
                                .accepts = BATON_ACCEPT_YIELD};

/* The provider's countdown of 3, awaited by `twice`. */
static int32_t make_chain(const baton_provider *provider, baton_value *chain) {
  baton_value argument = baton_from_i64(3);
  const baton_export *countdown = provider->exports[0];
  int32_t status = baton_coro_new(&twice, chain);
  if (status != BATON_OK) return status;
  twice_frame *f = baton_coro_frame(chain);
  return countdown->create(countdown, &context, &argument, 1, &f->part);
}

/* ---- Driving ------------------------------------------------------------ */

static void report(const char *call, int32_t status, baton_value *out) {
  char text[512];
  printf("%s -> ", call);
  if (status == BATON_YIELD) {
    printf("yield %" PRIi64 "\n", out->payload.i64);
  } else if (status == BATON_RETURN) {
    printf("return %" PRIi64 "\n", out->payload.i64);
  } else if (status == BATON_ERROR) {
    baton_error_print(out, text, sizeof text);
    printf("error, %.*s\n", (int)strcspn(text, "\n"), text);
  } else {
    printf("refused\n");
  }
  baton_drop(out);
}

static void send_number(const baton_value *chain, int64_t number) {
  baton_value in = baton_from_i64(number), out = baton_none();
  if (number == 0) in = baton_none();
  report("send", baton_send(chain, &context, &in, &out), &out);
  baton_drop(&in);
}

static void throw_error(const baton_value *chain, baton_value error) {
  baton_value out = baton_none();
  report("throw", baton_throw(chain, &context, &error, &out), &out);
  baton_drop(&error);
}

static void run_to_the_end(const baton_value *chain) {
  send_number(chain, 0);
  send_number(chain, 10);
  send_number(chain, 20);
  send_number(chain, 30);
}

static void throw_twice(const baton_value *chain) {
  send_number(chain, 0);
  throw_error(chain, baton_error_new(BATON_ERROR_VALUE, "start again"));
  throw_error(chain, baton_error_new(BATON_ERROR_TIMEOUT, "too slow"));
}

static void close_early(const baton_value *chain) {
  baton_value out = baton_none();
  send_number(chain, 0);
  int32_t status = baton_close(chain, &out);
  printf("close -> %s\n", status == BATON_RETURN ? "return" : "error");
  baton_drop(&out);
}

int main(int argc, char **argv) {
  static void (*const scenes[])(const baton_value *) = {
      run_to_the_end, throw_twice, close_early};
  const baton_provider *provider = argc > 1 ? load_provider(argv[1]) : NULL;
  if (!provider) return 1;
  for (int i = 0; i < 3; i++) {
    baton_value chain = baton_none();
    if (make_chain(provider, &chain) != BATON_OK) return 1;
    scenes[i](&chain);
    baton_drop(&chain);
  }
  return 0;
}

/* Prints:
 * send -> yield 3
 * send -> yield 2
 * send -> yield 1
 *   twice cleans up
 * send -> return 120
 * send -> yield 3
 * throw -> yield 3
 *   twice cleans up
 * throw -> error, timeout: too slow
 * send -> yield 3
 *   twice cleans up
 * close -> return
 */
