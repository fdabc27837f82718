// SPDX-License-Identifier: MIT
#include "check.h"

#include <algorithm>

#include "verdict.h"

namespace kit {
namespace {

std::vector<Check> &registered() {
  static std::vector<Check> all;
  return all;
}

}  // namespace

Registration::Registration(Check check) {
  registered().push_back(std::move(check));
}

const std::vector<Check> &checks() {
  static const bool sorted = [] {
    std::vector<Check> &all = registered();
    std::sort(all.begin(), all.end(),
              [](const Check &a, const Check &b) { return a.id < b.id; });
    return true;
  }();
  static_cast<void>(sorted);
  return registered();
}

const char *name_of(Tier tier) {
  switch (tier) {
    case Tier::core:
      return "core";
    case Tier::cancel:
      return "cancel";
    case Tier::threads:
      return "threads";
    case Tier::values:
      return "values";
    case Tier::iteration:
      return "async iteration";
    case Tier::introspection:
      return "introspection";
  }
  return "";
}

const char *name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "PASS";
    case Verdict::warn:
      return "WARN";
    case Verdict::skip:
      return "SKIP";
    case Verdict::fail:
      return "FAIL";
    case Verdict::leak:
      return "LEAK";
    case Verdict::crash:
      return "CRASH";
    case Verdict::hang:
      return "HANG";
  }
  return "";
}

}  // namespace kit
