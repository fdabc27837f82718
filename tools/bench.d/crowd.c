/* SPDX-License-Identifier: MIT */
/*
 * Very many suspended coroutines at once: what each takes of memory and time.
 * Each is measured in a process of its own.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"

double bench_resident(void) {
  FILE *file = fopen("/proc/self/statm", "r");
  unsigned long pages = 0;
  if (!file) return 0;
  if (fscanf(file, "%*u %lu", &pages) != 1) pages = 0;
  fclose(file);
  return (double)pages * (double)sysconf(_SC_PAGESIZE);
}

bench_crowd bench_crowd_baton(uint64_t count) {
  bench_crowd took;
  baton_context cx = bench_context();
  baton_value in = baton_none(), out = baton_none();
  baton_value *all = malloc(count * sizeof *all);
  bench_check(all != NULL, "no memory");
  memset(all, 0xff, count * sizeof *all);
  double resident = bench_resident(), began = bench_now();
  for (uint64_t i = 0; i < count; i++) {
    all[i] = bench_ticker(0);
    bench_sink += (uint64_t)baton_send(&all[i], &cx, &in, &out);
  }
  took.create = bench_now() - began;
  took.bytes = bench_resident() - resident;
  began = bench_now();
  for (uint64_t i = 0; i < count; i++)
    bench_sink += (uint64_t)baton_send(&all[i], &cx, &in, &out);
  took.resume = bench_now() - began;
  began = bench_now();
  for (uint64_t i = 0; i < count; i++) baton_drop(&all[i]);
  took.destroy = bench_now() - began;
  free(all);
  return (bench_crowd){took.create / (double)count, took.resume / (double)count,
                       took.destroy / (double)count,
                       took.bytes / (double)count};
}

/* ---- The size of one ---------------------------------------------------- */

static size_t asked;

static void *BATON_CALL allocate(void *arg, size_t size) {
  (void)arg;
  asked = size;
  return malloc(size);
}

static void BATON_CALL release(void *arg, void *block, size_t size) {
  (void)arg;
  (void)size;
  free(block);
}

uint64_t bench_header(void) {
  static const baton_allocator watching = {allocate, release, NULL};
  bench_check(baton_set_allocator(&watching) == BATON_OK,
              "the library has been used already");
  baton_value made = bench_ticker(0), out = baton_none();
  size_t header = asked - baton_coro_body(&made)->frame_size;
  baton_context cx = bench_context();
  made.head.type->as_coroutine->close(&made, &cx, &out);
  baton_drop(&made);
  bench_check(baton_set_allocator(NULL) == BATON_OK, "a block was lost");
  return header;
}
