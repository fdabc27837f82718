/* SPDX-License-Identifier: MIT */
#ifndef KIT_FUZZ_OPTIONS_H
#define KIT_FUZZ_OPTIONS_H

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace kit {

extern const char fuzz_help[];

struct FuzzOptions {
  bool help = false;
  std::string target;
  double time = 60; /**< seconds, unless `chunks` is given */
  std::optional<uint64_t> chunks;
  uint64_t seed = 0;                 /**< of the run */
  std::optional<uint64_t> reproduce; /**< of one chunk, which runs alone */
  unsigned jobs = 1;
  double timeout = 10; /**< seconds, of each chunk */
  std::vector<std::string> with;
  std::string save; /**< where a finding goes; empty: made of the seed */
};

/** @throws UsageError */
FuzzOptions parse_fuzz(const std::vector<std::string> &words);

}  // namespace kit

#endif
