/* SPDX-License-Identifier: MIT */
#ifndef BATON_BENCH_H
#define BATON_BENCH_H

#include <baton/runtime.h>

/** @file
 * What the measurements have in common. bench.c takes samples of all cases,
 * run.py makes ratios of them and judges.
 */

#ifdef __cplusplus
extern "C" {
#endif

/** One thing to measure. */
typedef struct bench_case bench_case;
struct bench_case {
  const char *name;

  /** Makes what the case works on. Null: cannot be measured here. */
  void *(*open)(const bench_case *self);

  /** Does it `count` times, more or less. @return nanoseconds for each. */
  double (*run)(void *state, uint64_t count);

  void (*close)(void *state);

  uint64_t size; /**< a depth, a number of bytes, ... */
};

/** The cases of each file; the last one has no name. */
extern const bench_case bench_calls[];
extern const bench_case bench_resumes[];
extern const bench_case bench_chains[];
extern const bench_case bench_recursion[];
extern const bench_case bench_ends[];
extern const bench_case bench_lives[];
extern const bench_case bench_wakes[];
extern const bench_case bench_cpp[];
extern const bench_case bench_peers[]; /**< C++20 coroutines */

/** Nanoseconds since some moment. */
double bench_now(void);

/** Where results go, so that they are not computed in vain. */
extern volatile uint64_t bench_sink;

/** Stops the program, with a sentence, unless `condition` holds. */
void bench_check(int condition, const char *sentence);

/** A context of a driver that accepts values, and no waker. */
baton_context bench_context(void);

/** How coroutines are made: baton_coro_new of some copy of the library. */
typedef int32_t bench_maker(const baton_body *body, baton_value *out);

/** That of a second copy, which is loaded; null without one. */
extern bench_maker *bench_other;

/** Sends none to a suspended coroutine `count` times, for one integer each.
 * @return nanoseconds for each. */
double bench_resume(const baton_value *coroutine, uint64_t count);

/** A coroutine that yields 1, 2, 3, ... @param flags BATON_BODY_*. */
baton_value bench_ticker(unsigned flags);

/** A ticker under `depth` - 1 coroutines that each await the next; `other`
 * makes them by turns, unless it is null. */
baton_value bench_chain(uint64_t depth, bench_maker *other);

/** Many live coroutines at once. */
typedef struct bench_crowd {
  double create, resume, destroy; /**< nanoseconds for each coroutine */
  double bytes;                   /**< resident memory for each coroutine */
} bench_crowd;
bench_crowd bench_crowd_baton(uint64_t count);
bench_crowd bench_crowd_peer(uint64_t count);

/** Resident memory of this process, in bytes. */
double bench_resident(void);

/** What a coroutine may take beside its frame, in bytes. */
#define BENCH_HEADER 64

/** What it takes, as the allocator sees it. Before any other use of the
 * library. */
uint64_t bench_header(void);

/** The C++ compiler; "" if it has no C++20 coroutines. */
const char *bench_peer_compiler(void);

#ifdef __cplusplus
}
#endif

#endif
