/* SPDX-License-Identifier: MIT */
#ifndef KIT_COMMAND_CHECK_H
#define KIT_COMMAND_CHECK_H

#include <string>
#include <vector>

namespace kit {

/** `baton check TARGET...` @return the exit status: 0 conforming, 1 not,
 * 2 could not run, 3 nothing matched. */
int check_command(const std::vector<std::string> &words);

}  // namespace kit

#endif
