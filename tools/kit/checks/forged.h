/* SPDX-License-Identifier: MIT */
#ifndef KIT_FORGED_H
#define KIT_FORGED_H

#include <string>

#include "driving.h"

/** @file
 * Objects whose descriptors break a rule, with a trap in each slot.
 */

namespace kit {

/** Writes down which of its slots are called, release apart. */
class Forged : public Thing {
 public:
  explicit Forged(Ledger &ledger) : Thing(ledger, "a forged object") {}

  std::string called() const;
  void call(const char *slot);
  int releases() const { return releases_.load(); }
  void count_release() { releases_++; }
  /** What nobody can release is owed by nobody. */
  bool owed() const override { return false; }

 private:
  mutable std::mutex mutex_;
  std::string called_;
  std::atomic<int> releases_{0};
};

/** The tables of a type, all of which can be changed; every slot is a trap. */
struct ForgedType {
  baton_type type;
  baton_async_methods async;
  baton_coroutine_methods coroutine;
  baton_link_methods link;
  baton_error_methods error;

  ForgedType();
  ForgedType(const ForgedType &) = delete;
  ForgedType &operator=(const ForgedType &) = delete;
};

/** What may be called of an object whose descriptor is found wrong. */
enum class Allowed {
  nothing, /**< it is no descriptor at all */
  release, /**< once, by whoever has the value last */
};

/** Awaits an object of this type, and sees that the target calls nothing that
 * it must not, and reports an error. */
Step await_forged(Bench &bench, const baton_type *type, Allowed allowed,
                  const char *requirement, const std::string &defect);

/** Skips the check if the target looks at no descriptor at all: that is
 * another rule (TYP-2) than the check's. */
void need_adoption(Bench &bench);

}  // namespace kit

#endif
