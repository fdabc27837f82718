/* SPDX-License-Identifier: MIT */
#ifndef KIT_COMMAND_WALK_H
#define KIT_COMMAND_WALK_H

#include <string>
#include <vector>

namespace kit {

/** `baton-kit walk LIB [--describe]`: runs the walks of standard input, whose
 * nodes with an `as` are made by LIB, and writes their traces. For
 * walk/check.py; loads LIB. @return 0, or 2 if LIB cannot be loaded. */
int walk_command(const std::vector<std::string> &words);

}  // namespace kit

#endif
