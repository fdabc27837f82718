/* SPDX-License-Identifier: MIT */
#ifndef KIT_CHECK_H
#define KIT_CHECK_H

#include <functional>
#include <string>
#include <vector>

/** @file
 * The checks: what each is called, which requirements it tests, what it needs.
 */

namespace kit {

class Bench;

/** A part of the contract that a provider may or may not support. */
enum class Tier { core, cancel, threads, values, iteration, introspection };

const char *name_of(Tier tier);

struct Check {
  /** Lower case with dashes, unique, never given again: "send-value-created".
   */
  std::string id;
  std::string title; /**< one sentence: what must hold */
  Tier tier;
  /** Those that it can find broken beside the universal ones (bench.h). */
  std::vector<std::string> requirements;
  /** The exports that it needs ("kit.relay"); skipped where one is missing. */
  std::vector<std::string> exports;
  /** Whether it runs once for each export that gives a coroutine, own exports
   * of the provider included: Bench::subject() then makes one. */
  bool each_export;
  void (*run)(Bench &);
};

/** All checks, in the order of their ids. */
const std::vector<Check> &checks();

/** Adds a check at start-up. */
struct Registration {
  explicit Registration(Check check);
};

#define KIT_JOIN_(a, b) a##b
#define KIT_JOIN(a, b) KIT_JOIN_(a, b)

/** Defines a check:
 *
 *     KIT_CHECK("close-twice", "A second close gives none.", Tier::core,
 *               {"COR-9"}, {"kit.give"}) {
 *       Subject made = bench.make("kit.give", bench.i64(1));
 *       ...
 *     }
 */
#define KIT_CHECK(id, title, tier, ...)                                        \
  static void KIT_JOIN(run_, __LINE__)(kit::Bench & bench);                    \
  static const kit::Registration KIT_JOIN(registration_, __LINE__){kit::Check{ \
      id, title, tier, __VA_ARGS__, false, KIT_JOIN(run_, __LINE__)}};         \
  static void KIT_JOIN(run_, __LINE__)(kit::Bench & bench)

/** Defines a check that runs for each export of the provider. */
#define KIT_CHECK_EACH(id, title, tier, ...)                                   \
  static void KIT_JOIN(run_, __LINE__)(kit::Bench & bench);                    \
  static const kit::Registration KIT_JOIN(registration_, __LINE__){kit::Check{ \
      id, title, tier, __VA_ARGS__, {}, true, KIT_JOIN(run_, __LINE__)}};      \
  static void KIT_JOIN(run_, __LINE__)(kit::Bench & bench)

}  // namespace kit

#endif
