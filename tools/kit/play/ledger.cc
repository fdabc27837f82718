// SPDX-License-Identifier: MIT
#include "ledger.h"

namespace kit {

Thing::Thing(Ledger &ledger, std::string name)
    : ledger_(ledger), name_(std::move(name)) {}

bool Thing::used(const char *slot) {
  if (!released()) return true;
  ledger_.note("OWN-7", "no call after the last release",
               std::string(slot) + " of " + name_ + ", which was released");
  return false;
}

void Thing::retain() {
  if (used("retain")) references_.fetch_add(1);
}

void Thing::release() {
  int before = references_.fetch_sub(1);
  if (before == 1) end();
  if (before < 1) {
    references_.store(0);
    ledger_.note("OWN-7", "one release for each reference",
                 "a release too many of " + name_);
  }
}

void Ledger::note(const char *requirement, const std::string &expected,
                  const std::string &came) noexcept {
  std::lock_guard<std::mutex> guard(mutex_);
  if (broken_.size() == 100) return;
  broken_.push_back({requirement, expected, came});
  if (on_note) on_note(broken_.back());
}

std::vector<Broken> Ledger::broken() const {
  std::lock_guard<std::mutex> guard(mutex_);
  return broken_;
}

std::vector<std::string> Ledger::alive() const {
  std::lock_guard<std::mutex> guard(mutex_);
  std::vector<std::string> names;
  for (const auto &thing : things_)
    if (thing->owed()) names.push_back(thing->name());
  return names;
}

void Ledger::keep(std::shared_ptr<void> kept) {
  std::lock_guard<std::mutex> guard(mutex_);
  kept_.push_back(std::move(kept));
}

}  // namespace kit
