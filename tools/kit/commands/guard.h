/* SPDX-License-Identifier: MIT */
#ifndef KIT_GUARD_H
#define KIT_GUARD_H

#include <functional>

namespace kit {

/** Runs a command that starts processes. What the user did wrong is told in one
 * line; a signal that ended the kit reaches the shell. */
int guarded(const std::function<int()> &run);

}  // namespace kit

#endif
