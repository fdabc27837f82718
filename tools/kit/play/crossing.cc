// SPDX-License-Identifier: MIT
#include "crossing.h"

#include "type.h"

namespace kit {
namespace {

baton_value canary() {
  baton_value value{};
  value.head.tag = 0xa5;
  value.payload.u64 = 0x5ca1ab1e0ddba11u;
  return value;
}

bool same_bits(const baton_value &a, const baton_value &b) {
  return a.head.tag == b.head.tag &&
         (a.head.tag == BATON_TAG_NONE || a.payload.u64 == b.payload.u64);
}

bool is_none(const baton_value &value) {
  return value.head.tag == BATON_TAG_NONE;
}

}  // namespace

Cells::Cells() : cells_{canary(), canary(), baton_value{}, canary()} {}

void Cells::lend(const baton_value &value) {
  cells_.insert(cells_.end() - 3, value);
  sent_.push_back(value);
}

bool Cells::kept(size_t at) const {
  return same_bits(cells_[1 + at], sent_[at]);
}

bool Cells::taken(size_t at) const {
  return !kept(at) && is_none(cells_[1 + at]);
}

void Cells::check_canaries(Ledger &ledger, const char *slot) const {
  size_t size = cells_.size();
  for (size_t at : {size_t{0}, size - 3, size - 1})
    if (!same_bits(cells_[at], canary())) {
      ledger.note(
          "OWN-3",
          std::string("nothing is written beside in and out after ") + slot,
          "other memory was");
      return;
    }
}

void check_cells(Ledger &ledger, const char *slot, int32_t status,
                 Cells &cells) {
  std::string where = std::string(" after ") + slot;
  bool refusal = status <= BATON_REFUSAL_MAX && status >= BATON_REFUSAL_MIN;
  bool kept = true;
  cells.check_canaries(ledger, slot);
  for (size_t at = 0; at < cells.count(); at++) {
    kept = kept && cells.kept(at);
    if (!cells.kept(at) && !cells.taken(at))
      ledger.note("OWN-2", "in is none or as it was" + where,
                  "another value is there");
  }
  if (!refusal) return;
  if (!kept)
    ledger.note("OWN-4", "in as it was" + where + " that refused",
                "it was taken");
  if (!is_none(*cells.out()))
    ledger.note("OWN-4", "none in out" + where + " that refused",
                "a value is there");
}

Value usable(Ledger &ledger, const baton_value &came, const char *slot) {
  check_scalar(ledger, came, slot);
  if (came.head.tag < BATON_TAG_LIMIT) return Value(came);
  Defect defect = type_defect(came.head.type);
  if (defect.empty()) {
    Value value(came);
    defect = slots_defect(came.head.type);
    if (defect.empty()) return value;
  }
  ledger.note(defect.requirement,
              std::string("a value that can be used from ") + slot,
              defect.text);
  throw Stopped();
}

}  // namespace kit
