/* SPDX-License-Identifier: MIT */
#ifndef KIT_STRAYS_H
#define KIT_STRAYS_H

#include <sys/types.h>

#include <vector>

/** @file
 * Processes that a target has left behind.
 *
 * A process that leaves its worker's group and session cannot be killed with
 * them. But each worker adopts the orphans of its own descendants, and the
 * supervisor those of a worker that has died: they are its children, then.
 */

namespace kit {

/** Makes this process the one that adopts. */
void adopt_orphans();

/** The children of all threads of this process. */
std::vector<pid_t> children();

/** Kills and reaps every child that is not in `known`, and the children that
 * they leave, until there are none. */
void kill_strays(const std::vector<pid_t> &known);

}  // namespace kit

#endif
