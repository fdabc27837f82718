/* SPDX-License-Identifier: MIT */
#ifndef KIT_CROSSING_H
#define KIT_CROSSING_H

#include <baton/baton.h>
#include <cxxabi.h>

#include <string>
#include <vector>

#include "ledger.h"
#include "rules.h"
#include "value.h"

/** @file
 * A call into the target: the cells that it may write, and what it must not do
 * whatever the slot is.
 */

namespace kit {

/** The values that are lent to a call, and the one that it gives, between
 * canaries. Owns nothing. */
class Cells {
 public:
  Cells();
  /** Adds one more, behind those before; before the call. */
  void lend(const baton_value &value);

  baton_value *in(size_t at = 0) { return &cells_[1 + at]; }
  baton_value *out() { return &cells_[cells_.size() - 2]; }
  const baton_value &sent(size_t at = 0) const { return sent_[at]; }
  size_t count() const { return sent_.size(); }
  /** Whether it is none, and was not. */
  bool taken(size_t at) const;
  /** Whether it is what it was. */
  bool kept(size_t at) const;

  /** OWN-3: whether something beside them was written. */
  void check_canaries(Ledger &ledger, const char *slot) const;

 private:
  std::vector<baton_value> cells_; /* canary, in..., canary, out, canary */
  std::vector<baton_value> sent_;
};

/** OWN-2, OWN-3, OWN-4: of send, throw, close and the slots of as_async. */
void check_cells(Ledger &ledger, const char *slot, int32_t status,
                 Cells &cells);

/** Owns what came. VAL-3, TYP-1, TYP-5: ends the check if it cannot be used; a
 * value whose descriptor is broken is forgotten, not released. */
Value usable(Ledger &ledger, const baton_value &came, const char *slot);

/** Runs `body`, which calls the target. @return its status. ERR-8: ends the
 * check if an exception leaves it. */
template <typename Body>
int32_t contained(Ledger &ledger, const char *slot, Body body) {
  try {
    return body();
  } catch (abi::__forced_unwind &) {
    throw;
  } catch (...) {
    ledger.note("ERR-8", std::string("no exception leaves ") + slot,
                "a C++ exception did");
    throw Stopped();
  }
}

}  // namespace kit

#endif
