/* SPDX-License-Identifier: MIT */
#ifndef KIT_COMMAND_FUZZ_H
#define KIT_COMMAND_FUZZ_H

#include <string>
#include <vector>

namespace kit {

/** `baton fuzz LIBRARY`: random calls, and the rules that hold for all of them.
 * With `--worker` as first word it is a worker of itself. @return the exit
 * status. */
int fuzz_command(const std::vector<std::string> &words);

}  // namespace kit

#endif
