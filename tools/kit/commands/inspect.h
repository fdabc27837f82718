/* SPDX-License-Identifier: MIT */
#ifndef KIT_COMMAND_INSPECT_H
#define KIT_COMMAND_INSPECT_H

#include <string>
#include <vector>

namespace kit {

/** `baton inspect LIBRARY` @return the exit status: 0, or 2 if the library
 * cannot be looked at. */
int inspect_command(const std::vector<std::string> &words);

}  // namespace kit

#endif
