/* SPDX-License-Identifier: MIT */
#ifndef STRESS_ROUNDS_H
#define STRESS_ROUNDS_H

#include <cstdint>
#include <cstdlib>
#include <cstring>

/** @file
 * How much a stress test does: BATON_STRESS=10 makes it ten times as much.
 */

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define STRESS_INSTRUMENTED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define STRESS_INSTRUMENTED 1
#endif
#endif
#ifndef STRESS_INSTRUMENTED
#define STRESS_INSTRUMENTED 0
#endif

namespace stress {

/** Valgrind preloads a part of itself into what it runs. */
inline bool under_valgrind() {
  const char *preloaded = std::getenv("LD_PRELOAD");
  return preloaded && std::strstr(preloaded, "vgpreload");
}

inline bool slow() { return STRESS_INSTRUMENTED || under_valgrind(); }

/** `normal` times BATON_STRESS, less where each step costs more. */
inline uint64_t rounds(uint64_t normal) {
  const char *wanted = std::getenv("BATON_STRESS");
  double factor = wanted ? std::atof(wanted) : 1.0;
  if (under_valgrind()) factor /= 20;
  if (STRESS_INSTRUMENTED) factor /= 4;
  double scaled = static_cast<double>(normal) * factor;
  return scaled < 1 ? 1 : static_cast<uint64_t>(scaled);
}

/** A million links. Instrumented allocators put guard zones and a quarantine
 * around each: ten times the memory and the time, for the same frames. */
inline uint64_t depth() { return slow() ? 50000 : 1000000; }

}  // namespace stress

#endif
