/* SPDX-License-Identifier: MIT */
#ifndef BATON_ATOMIC_H
#define BATON_ATOMIC_H

/** @file
 * Atomic operations on the plain integers of the contract's structs. They are
 * not `_Atomic` there, since C++ and C disagree on what that is.
 */

#include <stdint.h>

#define baton_load(place) __atomic_load_n((place), __ATOMIC_ACQUIRE)
#define baton_load_relaxed(place) __atomic_load_n((place), __ATOMIC_RELAXED)
#define baton_store(place, value) \
  __atomic_store_n((place), (value), __ATOMIC_RELEASE)
#define baton_store_relaxed(place, value) \
  __atomic_store_n((place), (value), __ATOMIC_RELAXED)
#define baton_exchange(place, value) \
  __atomic_exchange_n((place), (value), __ATOMIC_ACQ_REL)
#define baton_add(place, value) \
  __atomic_add_fetch((place), (value), __ATOMIC_RELAXED)
#define baton_subtract(place, value) \
  __atomic_sub_fetch((place), (value), __ATOMIC_ACQ_REL)
#define baton_swap_if(place, expected, value)                  \
  __atomic_compare_exchange_n((place), (expected), (value), 0, \
                              __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)

#define baton_likely(condition) __builtin_expect(!!(condition), 1)
#define baton_unlikely(condition) __builtin_expect(!!(condition), 0)

/** A function that stays out of its caller, which so needs no frame. */
#define BATON_APART __attribute__((noinline))

/** Drops one of `*count` references. @return whether it was the last. A sole
 * owner needs no read-modify-write: nobody else can add one. */
static inline int baton_count_drop(uint32_t *count) {
  return baton_load(count) == 1 || baton_subtract(count, 1) == 0;
}

#endif
