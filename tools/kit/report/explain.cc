// SPDX-License-Identifier: MIT
#include "explain.h"

#include "../contract/contract.h"

namespace kit {
namespace {

std::string text_of(const std::string &requirement) {
  for (const Requirement &known : Contract::golden().requirements)
    if (known.id == requirement) return known.text;
  return "";
}

}  // namespace

std::string headline(const Outcome &outcome) {
  const Result &result = outcome.result;
  std::string text = result.reason;
  if (!result.broken.empty()) {
    const Broken &first = result.broken.front();
    text += (text.empty() ? "" : ", after ") + first.requirement +
            ": expected " + first.expected + ", came " + first.came;
  }
  if (outcome.deviation.empty()) return text;
  return "declared: " + outcome.deviation + " (" + text + ")";
}

std::string explain(const Outcome &outcome) {
  std::string text;
  for (const Broken &broken : outcome.result.broken)
    text += broken.requirement + "  " + text_of(broken.requirement) +
            "\n  expected  " + broken.expected + "\n  came      " +
            broken.came + "\n";
  if (!outcome.result.reason.empty()) text += outcome.result.reason + "\n";
  return text;
}

}  // namespace kit
