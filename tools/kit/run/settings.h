/* SPDX-License-Identifier: MIT */
#ifndef KIT_SETTINGS_H
#define KIT_SETTINGS_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../base/check.h"
#include "../base/pretence.h"
#include "quirks.h"

/** @file
 * What the user has asked for.
 */

namespace kit {

/** Which jobs. An empty list asks for all. */
struct Selection {
  std::vector<std::string> filters;  /**< globs of ids */
  std::vector<std::string> excludes; /**< globs of ids */
  std::string exact;                 /**< one id; empty: any */
  std::vector<Tier> tiers;
  std::vector<std::string> requirements;

  /** @param id of the job, "check" or "check:subject". A glob may name the
   * check alone. */
  bool has(const Check &check, const std::string &id) const;
};

struct Settings {
  std::vector<std::string> targets;
  Selection selection;
  unsigned jobs = 1;
  double timeout = 5;     /**< seconds, of each job */
  unsigned memory = 4096; /**< MiB of addresses of a worker; 0: no limit */
  uint64_t seed = 0;
  unsigned repeat = 1;
  bool fail_fast = false;
  bool isolate = false; /**< no job shares its worker */
  bool in_process = false;
  Pretence pretence;
  std::vector<std::string> with; /**< "countdown(3)" */
  std::vector<Quirk> quirks;
};

}  // namespace kit

#endif
