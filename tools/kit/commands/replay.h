/* SPDX-License-Identifier: MIT */
#ifndef KIT_COMMAND_REPLAY_H
#define KIT_COMMAND_REPLAY_H

#include <string>
#include <vector>

namespace kit {

/** `baton replay TRACE [LIBRARY]`: the calls of a trace once more. @return the
 * exit status: 0 all came as it is written there, 1 not, 2 could not run. */
int replay_command(const std::vector<std::string> &words);

}  // namespace kit

#endif
