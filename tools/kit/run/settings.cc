// SPDX-License-Identifier: MIT
#include "settings.h"

#include <fnmatch.h>

#include <algorithm>

namespace kit {
namespace {

bool matches(const std::vector<std::string> &globs, const Check &check,
             const std::string &id) {
  for (const std::string &glob : globs)
    if (fnmatch(glob.c_str(), id.c_str(), 0) == 0 ||
        fnmatch(glob.c_str(), check.id.c_str(), 0) == 0)
      return true;
  return false;
}

template <typename Item>
bool contains(const std::vector<Item> &items, const Item &item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

}  // namespace

bool Selection::has(const Check &check, const std::string &id) const {
  if (!exact.empty() && id != exact) return false;
  if (!filters.empty() && !matches(filters, check, id)) return false;
  if (matches(excludes, check, id)) return false;
  if (!tiers.empty() && !contains(tiers, check.tier)) return false;
  if (requirements.empty()) return true;
  for (const std::string &requirement : check.requirements)
    if (contains(requirements, requirement)) return true;
  return false;
}

}  // namespace kit
