/* SPDX-License-Identifier: MIT */
/*
 * Takes samples; run.py calls it, and says what they mean.
 *
 *   baton-bench time REPETITIONS SLICE_MS [LIBRARY]   samples of every case
 *   baton-bench crowd baton|peer COUNT                one sample of memory
 *   baton-bench profile CASE                          one case, for a while
 *   baton-bench about                                 what was built with what
 *
 * Each line of the output is a JSON object. In `time` the cases take turns,
 * so that whatever else the machine does hits all of them alike.
 */
#define _POSIX_C_SOURCE 200809L

#include "bench.h"

#include <dlfcn.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CASES_MAX 96

volatile uint64_t bench_sink;

bench_maker *bench_other;

double bench_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1e9 * (double)now.tv_sec + (double)now.tv_nsec;
}

void bench_check(int condition, const char *sentence) {
  if (condition) return;
  fprintf(stderr, "baton-bench: %s\n", sentence);
  exit(1);
}

baton_context bench_context(void) {
  baton_context cx = {sizeof(baton_context),
                      BATON_ABI_MAJOR,
                      BATON_ABI_MINOR,
                      BATON_ACCEPT_YIELD,
                      0,
                      NULL,
                      NULL,
                      NULL,
                      NULL};
  return cx;
}

/* ---- The second copy of the library ------------------------------------- */

static void load_other(const char *file) {
  void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
  bench_check(library != NULL, "the second copy cannot be loaded");
  void *found = dlsym(library, "baton_coro_new");
  /* ISO C has no cast from `void *` to a function. */
  memcpy(&bench_other, &found, sizeof found);
  bench_check(bench_other && bench_other != baton_coro_new,
              "this is no second copy");
}

/* ---- Samples ------------------------------------------------------------ */

typedef struct taker {
  const bench_case *of;
  void *state;
  uint64_t count; /* operations in a slice */
} taker;

static taker takers[CASES_MAX];
static size_t taker_count;

static void open_case(const bench_case *of) {
  void *state = of->open(of);
  bench_check(taker_count < CASES_MAX, "CASES_MAX is too small");
  if (state) takers[taker_count++] = (taker){of, state, 1};
}

static void open_cases(const char *only) {
  const bench_case *const all[] = {bench_calls,  bench_peers,     bench_resumes,
                                   bench_chains, bench_recursion, bench_ends,
                                   bench_lives,  bench_wakes,     bench_cpp};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    for (const bench_case *of = all[i]; of->name; of++)
      if (!only || strcmp(only, of->name) == 0) open_case(of);
}

/* Finds how many operations fill a slice. */
static void calibrate(taker *self, double slice) {
  for (;;) {
    double began = bench_now();
    double each = self->of->run(self->state, self->count);
    if (each * (double)self->count > slice / 4) {
      self->count = (uint64_t)(slice / each) + 1;
      return;
    }
    /* What is not measured, such as building a chain, takes time as well. */
    if (bench_now() - began > 20 * slice) return;
    self->count *= 2;
  }
}

static void take_samples(unsigned repetitions, double slice) {
  double *samples = calloc(taker_count * repetitions, sizeof *samples);
  bench_check(samples != NULL, "no memory");
  for (size_t i = 0; i < taker_count; i++) calibrate(&takers[i], slice);
  for (unsigned k = 0; k < repetitions; k++)
    for (size_t i = 0; i < taker_count; i++)
      samples[i * repetitions + k] =
          takers[i].of->run(takers[i].state, takers[i].count);
  for (size_t i = 0; i < taker_count; i++) {
    printf("{\"name\": \"%s\", \"samples\": [", takers[i].of->name);
    for (unsigned k = 0; k < repetitions; k++)
      printf("%s%.4f", k ? ", " : "", samples[i * repetitions + k]);
    printf("]}\n");
  }
  free(samples);
}

static int time_all(unsigned repetitions, double slice) {
  open_cases(NULL);
  take_samples(repetitions, slice);
  for (size_t i = 0; i < taker_count; i++) takers[i].of->close(takers[i].state);
  return 0;
}

static int profile(const char *name) {
  open_cases(name);
  bench_check(taker_count == 1, "no such case");
  take_samples(500, 1e7);
  return 0;
}

static int crowd(const char *whose, uint64_t count) {
  int own = strcmp(whose, "baton") == 0;
  bench_crowd took = own ? bench_crowd_baton(count) : bench_crowd_peer(count);
  printf(
      "{\"create\": %.3f, \"resume\": %.3f, \"destroy\": %.3f, "
      "\"bytes\": %.3f}\n",
      took.create, took.resume, took.destroy, took.bytes);
  return 0;
}

static int about(void) {
#ifdef __clang__
  const char *compiler = __VERSION__;
#else
  const char *compiler = "gcc " __VERSION__;
#endif
  printf("{\"c\": \"%s\", \"c++\": \"%s\", \"header\": %" PRIu64 "}\n",
         compiler, bench_peer_compiler(), bench_header());
  return 0;
}

int main(int argc, char **argv) {
  if (argc == 2 && strcmp(argv[1], "about") == 0) return about();
  if (argc == 3 && strcmp(argv[1], "profile") == 0) return profile(argv[2]);
  if (argc == 4 && strcmp(argv[1], "crowd") == 0)
    return crowd(argv[2], strtoull(argv[3], NULL, 10));
  if (argc >= 4 && strcmp(argv[1], "time") == 0) {
    if (argc > 4) load_other(argv[4]);
    return time_all((unsigned)strtoul(argv[2], NULL, 10),
                    1e6 * strtod(argv[3], NULL));
  }
  fprintf(stderr, "usage: see the head of bench.c\n");
  return 2;
}
