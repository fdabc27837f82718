/* SPDX-License-Identifier: MIT */
#ifndef KIT_CHECK_OPTIONS_H
#define KIT_CHECK_OPTIONS_H

#include "../run/settings.h"

namespace kit {

/** The command line of `check`. */
struct CheckOptions {
  Settings settings;
  bool help = false;
  bool list = false;
  bool tap = false; /**< instead of the table, or: */
  std::string tap_file;
  bool json = false;
  std::string json_file; /**< "-" is standard output, for each of them */
  std::string junit_file;
};

extern const char check_help[];

/** @throws UsageError */
CheckOptions parse_check(const std::vector<std::string> &words);

}  // namespace kit

#endif
