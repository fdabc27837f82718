/* SPDX-License-Identifier: MIT */
#ifndef KIT_EXAMINE_H
#define KIT_EXAMINE_H

#include <functional>

#include "runner.h"

/** @file
 * The check of one target: which jobs there are, and their outcomes.
 */

namespace kit {

struct Examination {
  std::string path;
  Identity identity;
  std::vector<Outcome> outcomes; /**< in the order of their ids */
  size_t left_out = 0;           /**< jobs after which --fail-fast stopped */
  std::vector<Tier> partial;     /**< tiers of which something was left out */

  bool conforming() const;
};

/** Called before the first and after each job. */
using Progress = std::function<void(size_t done, size_t all)>;

/** @throws LoadError, UsageError, Interrupted */
Examination examine(const Settings &settings, const std::string &target,
                    const Progress &progress);

}  // namespace kit

#endif
