// SPDX-License-Identifier: MIT
#include "statement.h"

#include <algorithm>

#include "environment.h"

namespace kit {
namespace {

constexpr Tier tiers[] = {Tier::core,   Tier::cancel,    Tier::threads,
                          Tier::values, Tier::iteration, Tier::introspection};

Standing standing_of(Tier tier, const Examination &found) {
  bool ran = false;
  for (const Outcome &outcome : found.outcomes) {
    if (outcome.job.check->tier != tier) continue;
    if (outcome.failed()) return Standing::not_conforming;
    ran |= outcome.result.verdict != Verdict::skip;
  }
  const auto &partial = found.partial;
  const bool whole =
      std::find(partial.begin(), partial.end(), tier) == partial.end();
  return ran && whole ? Standing::conforming : Standing::not_checked;
}

}  // namespace

const char *name_of(Standing standing) {
  switch (standing) {
    case Standing::conforming:
      return "conforming";
    case Standing::not_conforming:
      return "not conforming";
    case Standing::not_checked:
      return "not checked";
  }
  return "";
}

Summary summarize(const Examination &found) {
  Summary summary;
  for (const Outcome &outcome : found.outcomes) {
    summary.verdicts[outcome.result.verdict]++;
    summary.deviations += !outcome.deviation.empty();
  }
  return summary;
}

std::vector<std::pair<Tier, Standing>> standings(const Examination &found) {
  std::vector<std::pair<Tier, Standing>> all;
  for (Tier tier : tiers) all.emplace_back(tier, standing_of(tier, found));
  return all;
}

std::string statement(const Examination &found) {
  std::string text;
  const auto all = standings(found);
  for (Standing standing : {Standing::not_conforming, Standing::conforming,
                            Standing::not_checked}) {
    std::string list;
    for (const auto &[tier, its] : all)
      if (its == standing)
        list += (list.empty() ? "" : ", ") + std::string(name_of(tier));
    if (list.empty()) continue;
    text += (text.empty() ? "" : "; ") + std::string(name_of(standing));
    if (standing != Standing::not_checked) text += " to ABI " + kit_abi();
    text += ": " + list;
  }
  return text;
}

}  // namespace kit
